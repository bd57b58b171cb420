package org.scenecontexts.io.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scenecontexts.api.metrics.Report;

/**
 * Reads tables that a run wrote as CSV (RFC 4180), to join them or to show them.
 *
 * @since 0.2
 */
public final class CsvTables {

    /** Not whatever Java takes for a number: a class can be called {@code 3d}. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|-?Infinity|NaN");

    private CsvTables() {}

    /**
     * Reads a table.
     *
     * @return every number is a {@link Double}, an empty cell NaN, the rest text; empty where there is no file, or nothing in it
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalArgumentException when a row is not as long as the first
     */
    public static Optional<Report.Table> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String name = file.getFileName().toString();
            return parse(name.replaceFirst("\\.[^.]*$", ""), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
    }

    /** The same of text. */
    public static Optional<Report.Table> parse(String name, String text) {
        List<List<String>> lines = cells(text);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Report.Table(
                        name,
                        lines.getFirst(),
                        lines.stream()
                                .skip(1)
                                .map(row -> row.stream().map(CsvTables::value).toList())
                                .toList()));
    }

    private static List<List<String>> cells(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean doubled = quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
            if (doubled) {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || (c != ',' && c != '\r' && c != '\n')) {
                cell.append(c);
            } else if (c != '\r') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            }
        }
        if (!row.isEmpty() || !cell.isEmpty()) {
            row.add(cell.toString());
            rows.add(row);
        }
        return rows;
    }

    private static Object value(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        return NUMBER.matcher(cell).matches() ? (Object) Double.valueOf(cell) : cell;
    }
}
