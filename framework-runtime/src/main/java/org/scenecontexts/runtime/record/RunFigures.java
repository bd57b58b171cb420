package org.scenecontexts.runtime.record;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scenecontexts.runtime.log.Json;

/**
 * Everything that a run found, as {@code results.json} in its folder has it.
 *
 * @param call that made it
 * @param stages what tells apart the result of each stage, by id, in order
 * @param tables of a matrix; what their rows and columns are, the numbers are in {@code values}
 * @param values every finite figure by its name ({@link ResultKeys})
 * @since 0.2
 */
public record RunFigures(Call call, Map<String, String> stages, List<Table> tables, Map<String, Double> values) {

    public RunFigures {
        stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
        tables = List.copyOf(tables);
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * The call.
     *
     * @param command such as {@code csc run examples/quickstart.yaml}; empty where nobody knows
     * @param variables names of the environment variables that it needs
     * @param started ISO 8601
     * @param seconds of the whole process
     * @param all whether every stage was made in it from the beginning
     */
    public record Call(String command, List<String> variables, String started, double seconds, boolean all) {
        public Call {
            variables = List.copyOf(variables);
        }
    }

    /**
     * The outline of a table.
     *
     * @param columns those with numbers
     */
    public record Table(String name, List<String> columns, List<Row> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * What a row is of.
     *
     * @param stage as the pipeline has it
     * @param axes values of the axes that make a difference to it, in the order of the matrix
     */
    public record Row(String stage, Map<String, String> axes) {
        public Row {
            axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
        }
    }

    /** As it is written. */
    public Map<String, Object> document() {
        Map<String, Object> called = new LinkedHashMap<>();
        called.put("command", call.command());
        called.put("variables", call.variables());
        called.put("started", call.started());
        called.put("seconds", call.seconds());
        called.put("all", call.all());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("call", called);
        document.put("stages", stages);
        document.put("tables", written(tables));
        document.put("values", values);
        return document;
    }

    /** Reads a file; nothing where there is none, or something else. */
    public static Optional<RunFigures> read(Path file) {
        return Json.read(file).flatMap(document -> {
            try {
                Map<?, ?> called = (Map<?, ?>) document.get("call");
                Map<String, String> stages = new LinkedHashMap<>();
                ((Map<?, ?>) document.get("stages")).forEach((id, made) -> stages.put(text(id), text(made)));
                return Optional.of(new RunFigures(
                        new Call(
                                text(called.get("command")),
                                ((List<?>) called.get("variables"))
                                        .stream().map(RunFigures::text).toList(),
                                text(called.get("started")),
                                ((Number) called.get("seconds")).doubleValue(),
                                (Boolean) called.get("all")),
                        stages,
                        tables(document.get("tables")),
                        numbers(document.get("values"))));
            } catch (ClassCastException | NullPointerException e) {
                return Optional.empty();
            }
        });
    }

    static List<Map<String, Object>> written(List<Table> tables) {
        return tables.stream()
                .map(table -> {
                    Map<String, Object> written = new LinkedHashMap<>();
                    written.put("name", table.name());
                    written.put("columns", table.columns());
                    written.put(
                            "rows",
                            table.rows().stream()
                                    .map(row -> Map.of("stage", row.stage(), "axes", row.axes()))
                                    .toList());
                    return written;
                })
                .toList();
    }

    static List<Table> tables(Object written) {
        return ((List<?>) written)
                .stream().map(entry -> (Map<?, ?>) entry).map(RunFigures::table).toList();
    }

    private static Table table(Map<?, ?> written) {
        return new Table(
                text(written.get("name")),
                ((List<?>) written.get("columns"))
                        .stream().map(RunFigures::text).toList(),
                ((List<?>) written.get("rows"))
                        .stream()
                                .map(entry -> (Map<?, ?>) entry)
                                .map(RunFigures::row)
                                .toList());
    }

    private static Row row(Map<?, ?> written) {
        Map<String, String> axes = new LinkedHashMap<>();
        ((Map<?, ?>) written.get("axes")).forEach((axis, value) -> axes.put(text(axis), text(value)));
        return new Row(text(written.get("stage")), axes);
    }

    static Map<String, Double> numbers(Object written) {
        Map<String, Double> numbers = new TreeMap<>();
        ((Map<?, ?>) written).forEach((key, value) -> numbers.put(text(key), ((Number) value).doubleValue()));
        return numbers;
    }

    static String text(Object value) {
        return String.valueOf(value);
    }
}
