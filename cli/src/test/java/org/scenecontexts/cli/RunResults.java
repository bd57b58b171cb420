package org.scenecontexts.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.testing.MachineFigures;

/** The results in a run folder, byte for byte but for what time, machine and interruptions may change. */
final class RunResults {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> NO_RESULTS = Set.of(".lock", "run.log", "log.txt", "report.html", "results.json");

    private RunResults() {}

    /** Every result by its path in the run folder, as text that is equal where the results are. */
    static Map<String, String> of(Path run) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(run)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        Map<String, String> results = new TreeMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (!NO_RESULTS.contains(name) && !name.startsWith("environment") && !name.contains("tfevents")) {
                results.put(run.relativize(file).toString(), content(file, name));
            }
        }
        return results;
    }

    private static String content(Path file, String name) throws IOException {
        if (name.endsWith(".jsonl")) {
            return Files.readAllLines(file).stream().map(RunResults::timeless).collect(Collectors.joining("\n"));
        }
        if (name.equals("metrics.json")) {
            return timeless(Files.readString(file));
        }
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private static String timeless(String json) {
        try {
            @SuppressWarnings("unchecked")
            Map<String, Object> values = JSON.readValue(json, LinkedHashMap.class);
            MachineFigures.removeFrom(values);
            return values.toString();
        } catch (JsonProcessingException e) {
            return "torn: " + json;
        }
    }
}
