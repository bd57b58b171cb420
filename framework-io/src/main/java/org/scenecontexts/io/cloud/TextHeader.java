package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The line of names of a text file, split as its lines of numbers are once those are known. */
record TextHeader(String line, boolean comment) {

    /** What the column is called that numbers the rows and has no name of its own. */
    static final String INDEX = "index";

    /**
     * Whether a line that is no comment names columns: it holds no number, or names three coordinates (beside features called
     * 0, 1, 2), or nothing but the numbers 0, 1, 2 after an empty name, as tables without names are written.
     */
    static boolean is(String line, char separator) {
        List<String> words = split(line, separator);
        List<String> named = words.stream().filter(word -> !word.isEmpty()).toList();
        if (named.isEmpty()) {
            return false;
        }
        boolean numbered = words.getFirst().isEmpty()
                && named.equals(IntStream.range(0, named.size())
                        .mapToObj(String::valueOf)
                        .toList());
        boolean words0 = named.stream().noneMatch(TextHeader::isNumber)
                && named.stream().allMatch(word -> word.codePoints().anyMatch(Character::isLetter));
        return numbered
                || words0
                || FieldNames.find(named, FieldNames.POSITIONS).isPresent();
    }

    private static boolean isNumber(String word) {
        if (NumberWords.value(word).isPresent()) {
            return true;
        }
        try {
            return !Double.isNaN(Double.parseDouble(word)) && Character.isDigit(word.charAt(word.length() - 1));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** How many names there are; nothing after the last separator is none. */
    int names(char separator) {
        List<String> words = split(line, separator);
        return words.size() - (words.getLast().isEmpty() ? 1 : 0);
    }

    /**
     * The names for rows of some width.
     *
     * @param separator what separates the numbers of the rows
     * @param index whether the first column could number the rows
     * @return unique names, as many as columns; nothing when the line does not fit
     */
    Optional<List<String>> names(int width, char separator, boolean index) {
        for (char tried : new char[] {separator, '\t', ',', ';', ' '}) {
            List<String> words = split(line, tried);
            if (words.size() == width + 1 && words.getLast().isEmpty()) {
                words = words.subList(0, width);
            }
            if (words.size() == width - 1 && index) {
                // Row numbers without a name of their own, as R writes them.
                words = new ArrayList<>(words);
                words.addFirst("");
            }
            boolean meant =
                    !comment || FieldNames.find(words, FieldNames.POSITIONS).isPresent();
            if (words.size() == width && meant) {
                return Optional.of(unique(words));
            }
        }
        return Optional.empty();
    }

    private static List<String> unique(List<String> words) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < words.size(); c++) {
            names.add(words.get(c).isEmpty() ? c == 0 ? INDEX : "column" + (c + 1) : words.get(c));
        }
        return Columns.unique(names);
    }

    /** Splits a line; what stands between quotes is one word. */
    static List<String> split(String line, char separator) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean ends = separator == ' ' ? Character.isWhitespace(c) : c == separator;
            if (c == '"') {
                quoted = !quoted;
                any = true;
            } else if (ends && !quoted) {
                if (separator != ' ' || any) {
                    words.add(word.toString().strip());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        if (separator != ' ' || any || words.isEmpty()) {
            words.add(word.toString().strip());
        }
        return words;
    }
}
