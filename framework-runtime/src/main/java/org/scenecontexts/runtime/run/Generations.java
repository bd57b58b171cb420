package org.scenecontexts.runtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Keeps what changed runs would have replaced, so that nothing finished is lost without being asked: {@code
 * runs/NAME/.replaced/N} holds the stages that the N-th such call moved out of the way, each with its own configuration and
 * environment, and the tables of a matrix as they were before that call.
 *
 * @since 0.1
 */
public final class Generations {

    /** The folder of all generations in a run folder. */
    static final String FOLDER = ".replaced";

    /** The tables of a matrix, which are made of several stages: the only results of a run outside of them. */
    private static final List<String> TABLES =
            List.of("results.md", "results.csv", "cells.md", "cells.csv", "differences.md", "differences.csv");

    private static final String NUMBER = "[0-9]{1,9}";

    private final Path run;
    private final Map<String, byte[]> before;
    private Path current;

    /**
     * What one call moved out of the way.
     *
     * @param name its number
     * @param path its folder
     * @param stages ids of the stages in it
     * @param bytes size of all files in it
     */
    public record Generation(String name, Path path, List<String> stages, long bytes) {}

    private Generations(Path run, Map<String, byte[]> before) {
        this.run = run;
        this.before = before;
    }

    /** Those of a run that is about to be called, before it changes anything. */
    static Generations of(Path run) throws IOException {
        Map<String, byte[]> before = new TreeMap<>();
        for (String table : TABLES) {
            if (Files.isRegularFile(run.resolve(table))) {
                before.put(table, Files.readAllBytes(run.resolve(table)));
            }
        }
        return new Generations(run, before);
    }

    /** All generations of a run folder, oldest first. */
    public static List<Generation> in(Path run) {
        try {
            return list(run.resolve(FOLDER)).stream()
                    .filter(Files::isDirectory)
                    .sorted(Comparator.comparingInt(Generations::number).thenComparing(Path::getFileName))
                    .map(Generations::generation)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(run + ": cannot be listed: " + e, e);
        }
    }

    private static Generation generation(Path path) {
        try {
            List<String> stages = list(path).stream()
                    .filter(Files::isDirectory)
                    .map(stage -> stage.getFileName().toString())
                    .sorted()
                    .toList();
            return new Generation(path.getFileName().toString(), path, stages, bytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be listed: " + e, e);
        }
    }

    /** Moves a stage's folder into the generation of this call. */
    Path take(Path stage) throws IOException {
        if (current == null || Files.exists(current.resolve(stage.getFileName()))) {
            current = start();
        }
        Path target = current.resolve(stage.getFileName());
        Files.move(stage, target, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.syncFolder(current);
        AtomicFile.syncFolder(stage.getParent());
        return target;
    }

    private Path start() throws IOException {
        Path all = run.resolve(FOLDER);
        AtomicFile.makeFolders(all);
        int newest = list(all).stream().mapToInt(Generations::number).max().orElse(0);
        Path folder = all.resolve(Integer.toString(newest + 1));
        Path empty = all.resolve(Integer.toString(newest));
        if (newest > 0 && list(empty).stream().noneMatch(Files::isDirectory)) {
            // A call that ended between making the folder and moving the first stage into it.
            folder = empty;
        } else {
            Files.createDirectory(folder);
            AtomicFile.syncFolder(all);
        }
        Path generation = folder;
        before.forEach((name, content) -> AtomicFile.write(generation.resolve(name), out -> out.write(content)));
        return generation;
    }

    private static int number(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches(NUMBER) ? Integer.parseInt(name) : 0;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Size of all files in a folder; those that vanish meanwhile do not count. */
    static long bytes(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(Generations::size)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed: " + e, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
