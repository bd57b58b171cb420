package org.scenecontexts.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table that a run wrote (RFC 4180), to be shown.
 *
 * @param name of the file, without its ending
 * @param header names of the columns
 * @param rows numbers as numbers, no value as null, the rest as text
 */
record CsvTable(String name, List<String> header, List<List<Object>> rows) {

    /** Reads a table; empty where there is none, or nothing in it. */
    static Optional<CsvTable> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String name = file.getFileName().toString();
            return parse(name.substring(0, name.lastIndexOf('.')), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
    }

    static Optional<CsvTable> parse(String name, String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean twice = c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
            if (twice) {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                cell.append(c);
            }
        }
        if (!line.isEmpty() || !cell.isEmpty()) {
            line.add(cell.toString());
            lines.add(line);
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<List<Object>> rows = new ArrayList<>();
        lines.subList(1, lines.size())
                .forEach(row -> rows.add(row.stream().map(CsvTable::value).toList()));
        return Optional.of(new CsvTable(name, lines.getFirst(), rows));
    }

    /** A missing value is not a number until it is written, since lists hold no null. */
    private static Object value(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        try {
            return Double.valueOf(cell);
        } catch (NumberFormatException e) {
            return cell;
        }
    }

    /** As the page reads it. */
    Map<String, Object> json(String file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("file", file);
        json.put("header", header);
        json.put("rows", rows.stream().map(CsvTable::jsonRow).toList());
        return json;
    }

    private static List<Object> jsonRow(List<Object> row) {
        List<Object> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(JsonNumbers.of(cell)));
        return cells;
    }
}
