package org.scenecontexts.runtime.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text asks of a generated table.
 *
 * @param gains whether it shows what is gained over the baseline, instead of means
 * @param figure such as {@code miou}
 * @param scale what values are multiplied by
 * @param decimals how exactly they are written
 * @param rows what tells rows apart
 * @param columns what tells columns apart; without axes there is one, of the figure
 * @param where what all rows of the recorded table must have: values of axes, or {@code stage}
 */
record TableMark(
        boolean gains, String figure, double scale, int decimals, Side rows, Side columns, Map<String, String> where) {

    static final String MEANS = "means";
    static final String GAINS = "gains";

    private static final Pattern PART = Pattern.compile(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final Pattern ITEM = Pattern.compile("\\s*([^\\s\",:=]+)(?:\\s+\"([^\"]*)\")?\\s*(?:,|$)");
    private static final Pattern CONDITION = Pattern.compile("\\s*([^\\s,=]+)=([^,]*?)\\s*(?:,|$)");
    private static final Pattern SCALE = Pattern.compile("x(\\d+(?:\\.\\d+)?)");

    /**
     * One side of a table.
     *
     * @param title what stands above the rows; of columns nothing
     * @param labels of a value by axis: {@code {}} stands for the value, {@code {%}} for the value in percent
     */
    record Side(String title, Map<String, String> labels) {

        /** The words for a row's values, in the order of the axes as they are named here. */
        String label(RunFigures.Row row) {
            List<String> words = new ArrayList<>();
            labels.forEach((axis, template) -> {
                String value = row.axes().get(axis);
                if (value != null) {
                    words.add(template.replace("{%}", percent(value)).replace("{}", value));
                }
            });
            return String.join(", ", words);
        }

        private static String percent(String value) {
            try {
                double percent = Double.parseDouble(value) * 100;
                return (percent == Math.rint(percent)
                                ? String.valueOf((long) percent)
                                : String.format(Locale.ROOT, "%.1f", percent))
                        + "%";
            } catch (NumberFormatException e) {
                return value;
            }
        }
    }

    /**
     * Reads what stands behind the name of the record, such as {@code means miou x100; rows budget: points; columns: init}.
     *
     * @throws IllegalArgumentException when it cannot be understood; the message says what is expected
     */
    static TableMark parse(String text) {
        String[] parts = PART.split(text.strip());
        String[] words = parts[0].strip().split("\\s+");
        if (words.length < 2) {
            throw new IllegalArgumentException(
                    "'" + words[0] + "' needs the name of a figure, as in 'means miou x100'");
        }
        double scale = 1;
        int decimals = -1;
        for (int i = 2; i < words.length; i++) {
            Matcher factor = SCALE.matcher(words[i]);
            if (factor.matches()) {
                scale = Double.parseDouble(factor.group(1));
            } else if (words[i].matches("\\.\\d")) {
                decimals = words[i].charAt(1) - '0';
            } else {
                throw new IllegalArgumentException("found '" + words[i]
                        + "' behind the figure, where 'x100' (the scale) or '.2' (the decimals) is expected");
            }
        }
        Side rows = new Side("", Map.of());
        Side columns = rows;
        Map<String, String> where = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int colon = parts[i].indexOf(':');
            String[] head = parts[i].substring(0, Math.max(0, colon)).strip().split("\\s+", 2);
            String rest = parts[i].substring(colon + 1);
            switch (head[0]) {
                case "rows" -> rows = side(head, rest);
                case "columns" -> columns = side(head, rest);
                case "where" -> where.putAll(conditions(rest));
                default ->
                    throw new IllegalArgumentException("found '" + parts[i].strip()
                            + "', where 'rows: ...', 'columns: ...' or 'where: ...' is expected");
            }
        }
        int usual = scale == 1 ? 3 : 1;
        return new TableMark(
                words[0].equals(GAINS), words[1], scale, decimals < 0 ? usual : decimals, rows, columns, where);
    }

    private static Side side(String[] head, String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (!readAll(ITEM, text, item -> labels.put(item.group(1), item.group(2) == null ? "{}" : item.group(2)))) {
            throw new IllegalArgumentException("found '" + head[0] + ":" + text
                    + "', where axes are expected, such as '" + head[0] + ": points \"{} points\", init'");
        }
        return new Side(head.length > 1 ? head[1] : String.join(", ", labels.keySet()), labels);
    }

    private static Map<String, String> conditions(String text) {
        Map<String, String> conditions = new LinkedHashMap<>();
        if (!readAll(CONDITION, text, condition -> conditions.put(condition.group(1), condition.group(2)))) {
            throw new IllegalArgumentException("found 'where:" + text + "', where 'axis=value' is expected");
        }
        return conditions;
    }

    /** Whether a text is nothing but items of a list, at least one of them. */
    private static boolean readAll(Pattern item, String text, Consumer<MatchResult> read) {
        String list = text.strip();
        Matcher matcher = item.matcher(list);
        int at = 0;
        while (at < list.length() && matcher.region(at, list.length()).lookingAt()) {
            read.accept(matcher);
            at = matcher.end();
        }
        return at > 0 && at == list.length();
    }

    /** Whether a row of the recorded table is asked for. */
    boolean wants(RunFigures.Row row) {
        return where.entrySet().stream()
                .allMatch(condition -> condition
                        .getValue()
                        .equals(
                                condition.getKey().equals("stage")
                                        ? row.stage()
                                        : row.axes().get(condition.getKey())));
    }
}
