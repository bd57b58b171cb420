package org.scenecontexts.api.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of an evaluation.
 *
 * @param figures single numbers by name, in order; fractions 0 to 1 unless the name says otherwise; NaN where undefined
 * @param tables tables to print and to write beside the figures
 * @since 0.1
 */
public record Report(Map<String, Double> figures, List<Table> tables) {

    public Report {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        tables = List.copyOf(tables);
    }

    /**
     * A table.
     *
     * @param name lower-case words joined by hyphens; used as a file name
     * @param header column titles
     * @param rows cells, each row as long as the header; numbers or text
     */
    public record Table(String name, List<String> header, List<List<Object>> rows) {

        /** @throws IllegalArgumentException when a row has another length than the header */
        public Table {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<Object> row : rows) {
                if (row.size() != header.size()) {
                    throw new IllegalArgumentException("table '" + name + "': a row of " + row.size() + " cells under "
                            + header.size() + " titles");
                }
            }
        }
    }
}
