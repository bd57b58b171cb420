package org.scenecontexts.io.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.text.Printable;

/** Walks through the lines and words of a text file and knows where it is when something is wrong. */
final class TextCursor {

    private final byte[] bytes;
    private final String file;
    private int position;
    private int lineStart;
    private int lineEnd;
    private int lineNumber;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int words;
    private boolean emptyAtEnd;

    TextCursor(byte[] bytes, int position, int linesBefore, String file) {
        this.bytes = bytes;
        this.position = position;
        this.lineNumber = linesBefore;
        this.file = file;
    }

    /** Moves to the next line; {@code \n}, {@code \r\n} and a lone {@code \r} end one. */
    boolean nextLine() {
        if (position >= bytes.length) {
            return false;
        }
        lineStart = position;
        while (position < bytes.length && bytes[position] != '\n' && bytes[position] != '\r') {
            position++;
        }
        lineEnd = position;
        if (position < bytes.length) {
            boolean crlf = bytes[position] == '\r' && position + 1 < bytes.length && bytes[position + 1] == '\n';
            position += crlf ? 2 : 1;
        }
        lineNumber++;
        return true;
    }

    /** Moves to the next line that has a word on it. */
    boolean nextWords(char separator) {
        while (nextLine()) {
            split(separator);
            if (words > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Splits the line into words.
     *
     * @param separator a space for any white space; else each occurrence separates, and words may be empty
     */
    void split(char separator) {
        words = 0;
        emptyAtEnd = false;
        int at = lineStart;
        if (separator == ' ') {
            while (true) {
                while (at < lineEnd && isSpace(bytes[at])) {
                    at++;
                }
                if (at >= lineEnd) {
                    return;
                }
                int start = at;
                while (at < lineEnd && !isSpace(bytes[at])) {
                    at++;
                }
                add(start, at);
            }
        }
        if (line().isBlank()) {
            return;
        }
        for (int start = at; ; start = at + 1) {
            at = start;
            while (at < lineEnd && bytes[at] != separator) {
                at++;
            }
            addTrimmed(start, at);
            if (at >= lineEnd) {
                break;
            }
        }
        emptyAtEnd = starts[words - 1] == ends[words - 1];
        if (emptyAtEnd) {
            words--;
        }
    }

    /** Whether the last separator was followed by nothing; that word is not counted. */
    boolean emptyAtEnd() {
        return emptyAtEnd;
    }

    boolean isEmpty(int i) {
        return starts[i] == ends[i];
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\f' || b == 0x0B;
    }

    private void addTrimmed(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        add(start, end);
    }

    private void add(int start, int end) {
        if (words == starts.length) {
            starts = Arrays.copyOf(starts, 2 * words);
            ends = Arrays.copyOf(ends, 2 * words);
        }
        starts[words] = start;
        ends[words++] = end;
    }

    int words() {
        return words;
    }

    String word(int i) {
        return new String(bytes, starts[i], ends[i] - starts[i], StandardCharsets.UTF_8);
    }

    String line() {
        return new String(bytes, lineStart, lineEnd - lineStart, StandardCharsets.UTF_8);
    }

    int lineNumber() {
        return lineNumber;
    }

    int position() {
        return position;
    }

    /** @throws CloudException when the word is no number */
    double number(int i) {
        double small = small(starts[i], ends[i]);
        if (!Double.isNaN(small)) {
            return small;
        }
        String word = word(i);
        if (word.length() > 2 && word.startsWith("\"") && word.endsWith("\"")) {
            // Spreadsheets and R put numbers into quotes.
            word = word.substring(1, word.length() - 1).strip();
        }
        return parsed(word, i);
    }

    private double parsed(String word, int i) {
        try {
            char last = word.isEmpty() ? ' ' : word.charAt(word.length() - 1);
            if (last != '.' && (last < '0' || last > '9')) {
                // Java would take its own literals such as 1f for numbers.
                throw new NumberFormatException(word);
            }
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            return NumberWords.value(word)
                    .orElseThrow(() -> wrong("'" + Printable.excerpt(word) + "' in column " + (i + 1)
                            + " is no number; correct the line"));
        }
    }

    /** Short plain decimals, the bulk of a cloud; exact because both parts are exact and division rounds once. */
    private double small(int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        if (to - at > 16 || at == to) {
            return Double.NaN;
        }
        long digits = 0;
        double scale = 0;
        boolean any = false;
        for (; at < to; at++) {
            byte b = bytes[at];
            if (b >= '0' && b <= '9') {
                digits = 10 * digits + (b - '0');
                any = true;
                scale *= 10;
            } else if (b == '.' && scale == 0) {
                scale = 1;
            } else {
                return Double.NaN;
            }
        }
        if (!any) {
            return Double.NaN;
        }
        double value = scale == 0 ? digits : digits / scale;
        return negative ? -value : value;
    }

    /** An error at this line. */
    CloudException wrong(String what) {
        return new CloudException(file + ", line " + lineNumber + ": " + what);
    }
}
