package org.scenecontexts.benchmarks.gpu;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A part's result, as it stands on the page and in the JSON.
 *
 * @param title of the part
 * @param verdict what came of it
 * @param note one sentence
 * @param columns names of the table's columns; none for no table
 * @param rows one text for each column
 * @param seconds that it took
 */
record Outcome(
        String title, Verdict verdict, String note, List<String> columns, List<List<String>> rows, double seconds) {

    /** What came of it. */
    enum Verdict {
        PASSED,
        FAILED,
        NOT_DONE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    Outcome {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Without a table. */
    static Outcome of(String title, Verdict verdict, String note) {
        return new Outcome(title, verdict, note, List.of(), List.of(), 0);
    }

    /** With a table. */
    static Outcome of(String title, Verdict verdict, String note, List<String> columns, List<List<String>> rows) {
        return new Outcome(title, verdict, note, columns, rows, 0);
    }

    /** The same with the time that it took. */
    Outcome within(double taken) {
        return new Outcome(title, verdict, note, columns, rows, taken);
    }

    /** One line for the terminal. */
    String summary() {
        return String.format(Locale.ROOT, "%s: %s, %s (%.0f s)", title, verdict.word(), note, seconds);
    }

    String markdown() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%n## %s%n%n%s: %s (%.0f s)%n", title, verdict.word(), note, seconds));
        if (!columns.isEmpty()) {
            text.append("\n| ").append(String.join(" | ", columns)).append(" |\n|");
            text.append("---|".repeat(columns.size())).append('\n');
            rows.forEach(row -> text.append("| ")
                    .append(String.join(" | ", row.stream().map(Outcome::cell).toList()))
                    .append(" |\n"));
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "/");
    }

    Map<String, Object> json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", title);
        values.put("verdict", verdict.word());
        values.put("note", note);
        values.put("seconds", seconds);
        values.put("rows", rows.stream().map(this::named).toList());
        return values;
    }

    private Map<String, String> named(List<String> row) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            cells.put(columns.get(i), row.get(i));
        }
        return cells;
    }
}
