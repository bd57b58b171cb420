package org.scenecontexts.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The history of a stage's figures, one line per iteration that was logged, as charts take it. */
final class TrainingCurves {

    /** More points than a chart has pixels show nothing more. */
    private static final int MOST = 1500;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ITERATION = "iteration";

    private TrainingCurves() {}

    /**
     * Reads {@code metrics.jsonl}; a last line that is still being written is left out.
     *
     * @return {@code x}, the iterations, and {@code series}, lists of a name and a value or null for each of them
     */
    static Map<String, Object> read(Path file) {
        TreeMap<Long, Map<String, Object>> rows = new TreeMap<>();
        for (String line : lines(file)) {
            try {
                Map<String, Object> values =
                        JSON.readValue(line, new TypeReference<LinkedHashMap<String, Object>>() {});
                if (values.get(ITERATION) instanceof Number iteration) {
                    rows.computeIfAbsent(iteration.longValue(), k -> new LinkedHashMap<>())
                            .putAll(values);
                }
            } catch (JsonProcessingException e) {
                // The line that is being written: the next report has it.
                break;
            }
        }
        List<Long> x = new ArrayList<>();
        Map<String, List<Object>> series = new LinkedHashMap<>();
        int stride = Math.max(1, rows.size() / MOST);
        int number = 0;
        for (Map.Entry<Long, Map<String, Object>> row : rows.entrySet()) {
            boolean measured = row.getValue().keySet().stream().anyMatch(name -> name.startsWith("val/"));
            boolean last = row.getKey().equals(rows.lastKey());
            if (number++ % stride != 0 && !measured && !last) {
                continue;
            }
            row.getValue().forEach((name, value) -> {
                if (value instanceof Number figure && !name.equals(ITERATION)) {
                    List<Object> values = series.computeIfAbsent(name, k -> new ArrayList<>());
                    while (values.size() < x.size()) {
                        values.add(null);
                    }
                    values.add(JsonNumbers.of(figure.doubleValue()));
                }
            });
            x.add(row.getKey());
        }
        List<Map<String, Object>> named = new ArrayList<>();
        series.forEach((name, values) -> {
            while (values.size() < x.size()) {
                values.add(null);
            }
            named.add(Map.of("name", name, "values", values));
        });
        return Map.of("x", x, "series", named);
    }

    private static List<String> lines(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
    }
}
