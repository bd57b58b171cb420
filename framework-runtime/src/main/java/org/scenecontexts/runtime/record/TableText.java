package org.scenecontexts.runtime.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Writes a recorded table of a matrix as Markdown: means with their spread, or gains over the baseline with their interval. */
final class TableText {

    private final RecordedResult result;
    private final TableMark mark;

    private TableText(RecordedResult result, TableMark mark) {
        this.result = result;
        this.mark = mark;
    }

    /**
     * The table.
     *
     * @throws IllegalArgumentException when the record has no such table, axis or figure, or two of its rows would stand in one cell
     */
    static String of(RecordedResult result, TableMark mark) {
        return new TableText(result, mark).text();
    }

    private String text() {
        RunFigures.Table table = table();
        requireAxes(table);
        Map<String, Map<String, String>> cells = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        for (RunFigures.Row row : table.rows()) {
            if (mark.wants(row)) {
                String column = mark.columns().labels().isEmpty()
                        ? mark.figure()
                        : mark.columns().label(row);
                String label = mark.rows().label(row);
                String cell = cell(table.name(), row);
                columns.add(column);
                if (cells.computeIfAbsent(label, k -> new LinkedHashMap<>()).put(column, cell) != null) {
                    throw new IllegalArgumentException("several rows of '" + table.name() + "' of " + result.name()
                            + " belong to row '" + label + "', column '" + column + "', the last of them " + row.stage()
                            + " " + row.axes()
                            + "; name the axes that tell them apart under 'rows:' or 'columns:', or choose"
                            + " with 'where: stage=..., axis=value'");
                }
            }
        }
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("no row of '" + table.name() + "' of " + result.name() + " has "
                    + mark.where() + "; its rows are " + table.rows());
        }
        return markdown(cells, new ArrayList<>(columns));
    }

    /** An axis that no row has would leave labels empty. */
    private void requireAxes(RunFigures.Table table) {
        Set<String> axes = new LinkedHashSet<>();
        table.rows().forEach(row -> axes.addAll(row.axes().keySet()));
        Set<String> unknown = new LinkedHashSet<>(mark.rows().labels().keySet());
        unknown.addAll(mark.columns().labels().keySet());
        unknown.removeAll(axes);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no row of '" + table.name() + "' of " + result.name() + " has an axis '"
                    + String.join("', '", unknown) + "'; its axes are " + String.join(", ", axes));
        }
    }

    private RunFigures.Table table() {
        String wanted = mark.gains() ? "differences" : "results";
        return result.tables().stream()
                .filter(table -> table.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(result.name() + " has no table '" + wanted + "': "
                        + (mark.gains()
                                ? "its pipeline has no matrix with a 'baseline:'"
                                : "its pipeline has no matrix; a single figure is marked with '<!--= " + result.name()
                                        + " KEY -->'")));
    }

    private String cell(String table, RunFigures.Row row) {
        if (mark.gains()) {
            OptionalDouble gain = value(table, row, "gain");
            OptionalDouble low = value(table, row, "low");
            OptionalDouble high = value(table, row, "high");
            String interval =
                    low.isPresent() && high.isPresent() ? " (" + written(low) + " to " + written(high) + ")" : "";
            return written(gain) + interval;
        }
        OptionalDouble mean = value(table, row, "mean");
        OptionalDouble spread = value(table, row, "spread");
        return written(mean) + (spread.isPresent() ? " ± " + written(spread) : "");
    }

    private OptionalDouble value(String table, RunFigures.Row row, String what) {
        String column = mark.figure() + " " + what;
        List<String> columns = result.tables().stream()
                .filter(candidate -> candidate.name().equals(table))
                .findFirst()
                .orElseThrow()
                .columns();
        if (!columns.contains(column)) {
            throw new IllegalArgumentException("the table '" + table + "' of " + result.name() + " has no column '"
                    + column + "'; it has " + String.join(", ", columns));
        }
        return result.figure(ResultKeys.ofTable(table, row, column));
    }

    private String written(OptionalDouble value) {
        return value.isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%." + mark.decimals() + "f", value.getAsDouble() * mark.scale())
                        .replaceFirst("^-(0(\\.0*)?)$", "$1");
    }

    private String markdown(Map<String, Map<String, String>> cells, List<String> columns) {
        StringBuilder text = new StringBuilder();
        text.append("| ")
                .append(mark.rows().title())
                .append(" | ")
                .append(String.join(" | ", columns))
                .append(" |\n|---|");
        text.append("---|".repeat(columns.size())).append('\n');
        cells.forEach((label, row) -> {
            text.append("| ").append(label);
            columns.forEach(column -> text.append(" | ").append(row.getOrDefault(column, "-")));
            text.append(" |\n");
        });
        return text.toString();
    }
}
