package org.scenecontexts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what comes with csc, so that its examples and its models can be named alike from every folder.
 *
 * <p>A file of the user's always comes first; that a file of the distribution is taken instead is said.
 *
 * @param home folder of the distribution, where the launcher named one
 */
record Shipped(Optional<Path> home) {

    private static final String MODELS = "models";
    private static final String WEIGHTS = ".safetensors";

    /**
     * A pipeline or cloud that a user named.
     *
     * @param given as written
     * @param err is told where the distribution's file is taken
     * @return the file itself where it is there, else that of the distribution with this name, else {@code given}
     */
    Path file(Path given, PrintWriter err) {
        if (Files.exists(given) || given.isAbsolute()) {
            return given;
        }
        return inside(given)
                .filter(Files::exists)
                .map(found -> told(given, found, err))
                .orElse(given);
    }

    /**
     * A model that a user named: a path, or the name of one that comes with csc.
     *
     * @param given as written
     * @param err is told where the distribution's model is taken
     */
    Path model(Path given, PrintWriter err) {
        if (Files.exists(given) || given.getNameCount() != 1 || given.isAbsolute()) {
            return given;
        }
        return home.map(folder -> folder.resolve(MODELS).resolve(given).resolve(given + WEIGHTS))
                .filter(Files::exists)
                .map(found -> told(given, found, err))
                .orElse(given);
    }

    /** Names of the models that come with csc, in the order of the alphabet. */
    List<String> models() {
        Optional<Path> folder = home.map(path -> path.resolve(MODELS)).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder.get())) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> Files.exists(folder.get().resolve(name).resolve(name + WEIGHTS)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder.get() + " cannot be listed: " + e, e);
        }
    }

    /** A relative path below the distribution, never beside it. */
    private Optional<Path> inside(Path given) {
        return home.map(folder -> folder.resolve(given).normalize())
                .filter(path -> path.startsWith(home.orElseThrow().normalize()));
    }

    private static Path told(Path given, Path found, PrintWriter err) {
        err.println("'" + given + "' is taken from the distribution: " + found);
        err.flush();
        return found;
    }
}
