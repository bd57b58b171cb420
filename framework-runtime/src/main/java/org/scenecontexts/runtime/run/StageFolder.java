package org.scenecontexts.runtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scenecontexts.runtime.log.Json;

/**
 * Where the files of one stage lie.
 *
 * @param path folder of the stage
 * @since 0.1
 */
public record StageFolder(Path path) {

    private static final String FINGERPRINT = "fingerprint";
    private static final String FINISHED = "finished";
    private static final String MADE = "made";
    private static final String CODE = "code";
    private static final String MODELS = "models";
    private static final String STARTED = "started";

    /** Everything that the stage told. */
    public Path log() {
        return path.resolve("log.txt");
    }

    /** The history of the figures. */
    public Path metricLines() {
        return path.resolve("metrics.jsonl");
    }

    /** The final figures; there only when the stage has finished. */
    public Path metrics() {
        return path.resolve("metrics.json");
    }

    /** TensorBoard's log folder. */
    public Path events() {
        return path.resolve("events");
    }

    /** The newest state of the network. */
    public Path last() {
        return path.resolve("checkpoints").resolve("last.safetensors");
    }

    /** The state of the network that measured best. */
    public Path best() {
        return path.resolve("checkpoints").resolve("best.safetensors");
    }

    /** A state of the network that a hook keeps under a name of its own. */
    public Path checkpoint(String name) {
        return path.resolve("checkpoints").resolve(name + ".safetensors");
    }

    /** What an interrupted training goes on from; removed when it has finished. */
    public Path resume() {
        return path.resolve("checkpoints").resolve("resume.safetensors");
    }

    /** The chosen points of every scene, as published. */
    public Path points() {
        return path.resolve("points.pth");
    }

    /** The chosen points of every scene as an archive of arrays. */
    public Path pointArrays() {
        return path.resolve("points.npz");
    }

    /** What a pre-training makes of a pair of views, for the report. */
    public Path pairs() {
        return path.resolve("pairs.npz");
    }

    /** Labelled clouds and scores. */
    public Path predictions() {
        return path.resolve("predictions");
    }

    /** Tables of the benchmarks. */
    public Path reports() {
        return path.resolve("reports");
    }

    /** Files that benchmarks export. */
    public Path exports() {
        return path.resolve("exports");
    }

    /** Removes what an interrupted training would go on from. */
    public void removeResume() {
        try {
            Files.deleteIfExists(resume());
        } catch (IOException e) {
            throw new UncheckedIOException(resume() + ": cannot be removed: " + e, e);
        }
    }

    /** The stage as it was begun, with every default: what was replaced has no pipeline beside it. */
    public Path configuration() {
        return path.resolve("stage.yaml");
    }

    /** What the stage was made with and on: one file per sitting in which that differs from the sitting before. */
    public List<Path> environments() {
        List<Path> files = new ArrayList<>();
        Path next = path.resolve("environment.json");
        while (Files.exists(next)) {
            files.add(next);
            next = path.resolve("environment-" + (files.size() + 1) + ".json");
        }
        return files;
    }

    /**
     * Puts on record what the stage is made with and on. What is on record already is never written again: another file is
     * begun where something differs, times apart.
     *
     * @param values without the time
     * @param started the time
     */
    public void addEnvironment(Map<String, ?> values, Instant started) {
        List<Path> files = environments();
        Map<String, Object> now = new LinkedHashMap<>();
        now.put(STARTED, started.truncatedTo(ChronoUnit.SECONDS).toString());
        now.putAll(values);
        if (!files.isEmpty()
                && Json.read(files.getLast()).flatMap(StageFolder::timeless).equals(timeless(now))) {
            return;
        }
        Path file = path.resolve(files.isEmpty() ? "environment.json" : "environment-" + (files.size() + 1) + ".json");
        Json.write(file, now);
    }

    private static Optional<Map<String, Object>> timeless(Map<String, Object> values) {
        return Json.parse(Json.line(values)).map(parsed -> {
            parsed.remove(STARTED);
            return parsed;
        });
    }

    private Path statusFile() {
        return path.resolve("stage.json");
    }

    /** Code that the user said makes no difference to what this stage holds. */
    private Path acceptedFile() {
        return path.resolve("accepted-code.json");
    }

    /** Whether this is the folder of a stage at all. */
    boolean isStage() {
        return Files.isRegularFile(statusFile());
    }

    /**
     * How far the stage has come.
     *
     * @param fingerprint of its inputs when it was started
     * @param finished whether it has ended well
     * @param made tells apart results: of the inputs, the code and the models that it was made with
     * @param code hashes of the code that made it, by name; empty where nobody wrote it down
     * @param models what {@code made} was for each earlier stage whose model it read, by id
     */
    public record Status(
            String fingerprint, boolean finished, String made, Map<String, String> code, Map<String, String> models) {

        public Status {
            code = Collections.unmodifiableMap(new TreeMap<>(code));
            models = Collections.unmodifiableMap(new TreeMap<>(models));
        }

        /** The same, ended well. */
        public Status ended() {
            return new Status(fingerprint, true, made, code, models);
        }
    }

    /** How far the stage has come; an empty fingerprint when it was never started. */
    public Status status() {
        return Json.read(statusFile())
                .map(values -> new Status(
                        text(values, FINGERPRINT),
                        Boolean.TRUE.equals(values.get(FINISHED)),
                        text(values, MADE),
                        texts(values.get(CODE)),
                        texts(values.get(MODELS))))
                .orElse(new Status("", false, "", Map.of(), Map.of()));
    }

    private static String text(Map<String, Object> values, String key) {
        return String.valueOf(values.getOrDefault(key, ""));
    }

    private static Map<String, String> texts(Object values) {
        Map<String, String> texts = new TreeMap<>();
        if (values instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    /** Puts on record how far the stage has come. */
    public void status(String stage, String kind, Status status) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("stage", stage);
        values.put("kind", kind);
        values.put(FINGERPRINT, status.fingerprint());
        values.put(FINISHED, status.finished());
        values.put(MADE, status.made());
        values.put(CODE, status.code());
        values.put(MODELS, status.models());
        Json.write(statusFile(), values);
    }

    /** Hashes of the code that the user accepted after the stage was made, by name; empty when there was none. */
    public Map<String, String> acceptedCode() {
        return Json.read(acceptedFile()).map(values -> texts(values.get(CODE))).orElse(Map.of());
    }

    /** Puts on record that the user accepts this code; what made the stage stays on record beside it. */
    public void acceptCode(Map<String, String> code) {
        Json.write(
                acceptedFile(),
                Map.of("accepted", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), CODE, code));
    }
}
