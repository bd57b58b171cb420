package org.scenecontexts.runtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks at the run folders that earlier calls left, and removes what they replaced when a user says so.
 *
 * @since 0.1
 */
public final class StoredRuns {

    private StoredRuns() {}

    /**
     * One run folder.
     *
     * @param name of the run
     * @param path its folder
     * @param finished ids of the stages that have ended well
     * @param unfinished ids of the other stages
     * @param bytes size of all files in it, {@code replaced} included
     * @param replaced what later calls replaced, oldest first
     */
    public record StoredRun(
            String name,
            Path path,
            List<String> finished,
            List<String> unfinished,
            long bytes,
            List<Generations.Generation> replaced) {}

    /**
     * All run folders in a folder, by name.
     *
     * @param runs the folder of run folders; may be missing
     */
    public static List<StoredRun> in(Path runs) {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(StoredRuns::isRun)
                    .sorted()
                    .map(StoredRuns::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(runs + ": cannot be listed: " + e, e);
        }
    }

    private static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve(RunFolder.LOCK))
                || Files.isRegularFile(folder.resolve(RunFolder.PIPELINE));
    }

    private static StoredRun read(Path run) {
        try (Stream<Path> inside = Files.list(run)) {
            List<StageFolder> stages = inside.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted()
                    .map(StageFolder::new)
                    .filter(StageFolder::isStage)
                    .toList();
            return new StoredRun(
                    run.getFileName().toString(),
                    run,
                    ids(stages, true),
                    ids(stages, false),
                    Generations.bytes(run),
                    Generations.in(run));
        } catch (IOException e) {
            throw new UncheckedIOException(run + ": cannot be listed: " + e, e);
        }
    }

    private static List<String> ids(List<StageFolder> stages, boolean finished) {
        return stages.stream()
                .filter(stage -> stage.status().finished() == finished)
                .map(stage -> stage.path().getFileName().toString())
                .toList();
    }

    /**
     * Removes what a run replaced.
     *
     * @param generations which of it
     * @throws org.scenecontexts.runtime.pipeline.StageFailedException when a run is using the folder
     */
    public static void remove(StoredRun run, List<Generations.Generation> generations) {
        try (RunFolder held = RunFolder.open(run.path().toAbsolutePath().getParent(), run.name())) {
            for (Generations.Generation generation : generations) {
                delete(generation.path());
            }
            Path all = held.path().resolve(Generations.FOLDER);
            try (Stream<Path> left = Files.list(all)) {
                if (left.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(all);
        } catch (IOException e) {
            throw new UncheckedIOException(run.path() + ": cannot be removed: " + e, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.walk(folder)) {
            found = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : found) {
            Files.delete(file);
        }
    }
}
