package org.scenecontexts.io.submission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.AtomicFile;

/**
 * The text files of a submission, one named after each scene, so that every benchmark finds them in the same places and refuses
 * the same faults.
 *
 * @param folder where they lie, or are to be written
 * @since 0.2
 */
public record SubmissionFiles(Path folder) {

    private static final String ENDING = ".txt";

    /**
     * Files that are there.
     *
     * @param folder the folder of the files, or the one that it lies in
     * @param name what the folder of the files is called
     * @throws CloudException when there is no such folder
     */
    public static SubmissionFiles found(Path folder, String name) {
        Path inside = folder.resolve(name);
        Path files = Files.isDirectory(inside) ? inside : folder;
        if (!Files.isDirectory(files)) {
            throw new CloudException(folder + ": no such folder; name the one that holds SCENE" + ENDING + " files, or "
                    + name + " with them");
        }
        return new SubmissionFiles(files);
    }

    /** The file of a scene, whether it is there or not. */
    public Path of(String scene) {
        return folder.resolve(scene + ENDING);
    }

    /** Writes a file whole or not at all. */
    public static void write(Path file, String ascii) {
        AtomicFile.write(file, out -> out.write(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * The lines of the file of a scene.
     *
     * @throws CloudException when it is missing or cannot be read
     */
    public List<String> lines(String scene) {
        Path file = of(scene);
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such file; one for every scene of the data is expected");
        }
        return lines(file);
    }

    /**
     * The lines of a file whatever its bytes are: a line that is wrong is for the caller to name.
     *
     * @throws CloudException when it cannot be read
     */
    public static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    /**
     * Looks for files that belong to no scene.
     *
     * @param scenes whose files belong there
     * @throws CloudException when there are others
     */
    public void requireNoOthers(Set<String> scenes) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING)
                            && !scenes.contains(file.substring(0, file.length() - ENDING.length())))
                    .sorted()
                    .findFirst()
                    .ifPresent(file -> {
                        throw new CloudException(folder.resolve(file) + ": belongs to none of the " + scenes.size()
                                + " scenes; take it away, or name the data that it belongs to");
                    });
        } catch (IOException e) {
            throw new CloudException(folder + ": cannot be listed: " + e, e);
        }
    }
}
