package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scenecontexts.runtime.log.Json;

/**
 * What a training has written about its steps, for parts that judge trainings by what {@code csc run} leaves behind.
 *
 * @param lines in the order of the steps
 */
record TrainingLines(List<Map<String, Object>> lines) {

    /** Reads the history of a stage. */
    static TrainingLines read(Path stage) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(stage.resolve("metrics.jsonl"))) {
            lines.add(Json.parse(line).orElseThrow());
        }
        return new TrainingLines(List.copyOf(lines));
    }

    /** A figure of every line; not a number where a line lacks it. */
    List<Double> all(String name) {
        return lines.stream().map(line -> figure(line, name)).toList();
    }

    /** Of a figure over the second half, when Java has compiled what it needs. */
    double median(String name) {
        return settled(all(name));
    }

    double most(String name) {
        return all(name).stream().mapToDouble(x -> x).max().orElse(Double.NaN);
    }

    /**
     * Seconds from one step to the next by the clock on the wall, whoever was waited for: between two lines everything that the first
     * asked for is done, so nothing is left out of it. Median over the second half.
     */
    double secondsPerStep() {
        List<Double> between = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            double seconds = figure(lines.get(i), "elapsed_seconds") - figure(lines.get(i - 1), "elapsed_seconds");
            between.add(seconds / (figure(lines.get(i), "iteration") - figure(lines.get(i - 1), "iteration")));
        }
        return settled(between);
    }

    private static double settled(List<Double> values) {
        List<Double> half = values.subList(values.size() / 2, values.size()).stream()
                .sorted()
                .toList();
        return half.isEmpty() ? Double.NaN : half.get(half.size() / 2);
    }

    private static double figure(Map<String, Object> line, String name) {
        return line.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
