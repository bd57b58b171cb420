package org.scenecontexts.runtime.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The records that a project keeps, one file each: {@code docs/results/NAME.json}.
 *
 * @since 0.2
 */
public final class RecordedResults {

    private static final String ENDING = ".json";

    private final Path folder;
    private final ConcurrentHashMap<String, Optional<RecordedResult>> read = new ConcurrentHashMap<>();

    /** @param folder where they are; may be missing */
    public RecordedResults(Path folder) {
        this.folder = folder;
    }

    /** Where the records are. */
    public Path folder() {
        return folder;
    }

    /**
     * The record of a name.
     *
     * @throws org.scenecontexts.api.data.CloudException when its file is something else
     */
    public Optional<RecordedResult> find(String name) {
        return read.computeIfAbsent(
                name,
                wanted -> names().contains(wanted)
                        ? Optional.of(RecordedResult.read(folder.resolve(wanted + ENDING)))
                        : Optional.empty());
    }

    /** All names, in order. */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed: " + e, e);
        }
    }
}
