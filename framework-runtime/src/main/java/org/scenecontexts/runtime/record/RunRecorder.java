package org.scenecontexts.runtime.record;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.RunFolder;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.run.StoredRuns.StoredRun;

/**
 * Makes a record of a finished run from what its folder holds.
 *
 * @since 0.2
 */
public final class RunRecorder {

    private static final List<String> ABOUT =
            List.of("csc", "commit", "cpu", "cores", "threads", "workers", "java", "os", "device");

    private static final int NAMED = 5;

    private RunRecorder() {}

    /**
     * The record.
     *
     * @throws StageFailedException when the run has not finished, or was made before runs kept their figures in one place; the
     *     message says what to do
     */
    public static RecordedResult of(StoredRun run) {
        Path file = run.path().resolve(RunFolder.RESULTS);
        RunFigures found = RunFigures.read(file).orElseThrow(() -> new StageFailedException(reason(run, file)));
        Map<String, String> about = about(run.path(), found);
        return new RecordedResult(
                run.name(),
                found.call().command(),
                found.call().variables(),
                about,
                time(found),
                found.tables(),
                found.values());
    }

    private static String reason(StoredRun run, Path file) {
        if (!run.unfinished().isEmpty()) {
            List<String> stages = run.unfinished();
            return run.name() + " is not finished, so that its figures cannot be put on record: "
                    + String.join(", ", stages.subList(0, Math.min(NAMED, stages.size())))
                    + (stages.size() > NAMED ? " and " + (stages.size() - NAMED) + " more stages" : "")
                    + " failed or never ended; the same 'csc run' goes on with them";
        }
        return run.name() + (Files.exists(file) ? ": " + file + " is damaged" : " has no " + file)
                + ", which a run writes when all of it has finished; call the same 'csc run' again: what is finished is kept,"
                + " and the file is written";
    }

    private static Map<String, String> about(Path run, RunFigures found) {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        for (String stage : found.stages().keySet()) {
            for (Path file : new StageFolder(run.resolve(stage)).environments()) {
                Map<String, Object> values = Json.read(file).orElse(Map.of());
                ABOUT.stream()
                        .filter(values::containsKey)
                        .forEach(key -> all.computeIfAbsent(key, k -> new LinkedHashSet<>())
                                .add(RunFigures.text(values.get(key))));
            }
        }
        Map<String, String> about = new LinkedHashMap<>();
        about.put("date", found.call().started().replaceFirst("T.*", ""));
        ABOUT.stream().filter(all::containsKey).forEach(key -> about.put(key, String.join(" / ", all.get(key))));
        return about;
    }

    /** A run that was made in several calls has no time of its own but what its stages took. */
    private static RecordedResult.Time time(RunFigures found) {
        if (found.call().all()) {
            return new RecordedResult.Time(found.call().seconds(), "the whole process");
        }
        double sum = 0;
        for (String stage : found.stages().keySet()) {
            sum += found.values().getOrDefault(ResultKeys.ofStage(stage, RecordedResult.SECONDS), Double.NaN);
        }
        return new RecordedResult.Time(sum, "its stages, which several calls made");
    }
}
