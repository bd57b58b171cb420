package org.scenecontexts.runtime.execute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.testing.MachineFigures;

/** The results in a run folder, without what time, machine and interruptions may change. */
final class RunFiles {

    /** Logs, and the environment with its times. */
    private static final Set<String> NO_RESULTS =
            Set.of(".lock", "run.log", "log.txt", "environment.json", "report.html", "results.json");

    private RunFiles() {}

    static Map<String, Object> timeless(Map<String, Object> values) {
        Map<String, Object> kept = new LinkedHashMap<>(values);
        MachineFigures.removeFrom(kept);
        return kept;
    }

    /** Every result by its path in the run folder, as text that is equal where the results are. */
    static Map<String, String> results(Path run) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(run)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        Map<String, String> results = new TreeMap<>();
        for (Path file : files) {
            String name = run.relativize(file).toString();
            boolean counts = !NO_RESULTS.contains(file.getFileName().toString())
                    && !name.contains("events.out.tfevents")
                    && !name.startsWith(".replaced");
            if (counts) {
                results.put(name, content(file));
            }
        }
        return results;
    }

    /** The content of a file as text that is equal where the results are. */
    static String content(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".jsonl")) {
            return Files.readAllLines(file).stream()
                    .map(line -> Json.parse(line).map(RunFiles::timeless).toString())
                    .collect(Collectors.joining("\n"));
        }
        if (name.endsWith(".json")) {
            return timeless(Json.read(file).orElse(Map.of("torn", file))).toString();
        }
        return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
