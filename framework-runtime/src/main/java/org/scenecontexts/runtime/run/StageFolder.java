package org.scenecontexts.runtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private Path statusFile() {
        return path.resolve("stage.json");
    }

    /**
     * How far the stage has come.
     *
     * @param fingerprint of its inputs when it was started
     * @param finished whether it has ended well
     */
    public record Status(String fingerprint, boolean finished) {}

    /** How far the stage has come; an empty fingerprint when it was never started. */
    public Status status() {
        return Json.read(statusFile())
                .map(values -> new Status(
                        String.valueOf(values.getOrDefault(FINGERPRINT, "")),
                        Boolean.TRUE.equals(values.get(FINISHED))))
                .orElse(new Status("", false));
    }

    /** Puts on record how far the stage has come. */
    public void status(String stage, String kind, Status status) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("stage", stage);
        values.put("kind", kind);
        values.put(FINGERPRINT, status.fingerprint());
        values.put(FINISHED, status.finished());
        Json.write(statusFile(), values);
    }
}
