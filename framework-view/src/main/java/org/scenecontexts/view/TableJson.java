package org.scenecontexts.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.metrics.Report;

/** Tables of a run as its page reads them: no value is null. */
final class TableJson {

    private TableJson() {}

    /** @param file where the table stands, from the run's folder, for who wants all of it */
    static Map<String, Object> of(Report.Table table, String file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", table.name());
        json.put("file", file);
        json.put("header", table.header());
        json.put("rows", table.rows().stream().map(TableJson::row).toList());
        return json;
    }

    private static List<Object> row(List<Object> row) {
        List<Object> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(JsonNumbers.of(cell)));
        return cells;
    }
}
