package org.scenecontexts.datasets.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;

/**
 * Lists what lies directly in a folder of a release, by name and without hidden files: the {@code ._} files that macOS adds
 * are no scans, and numbers must not depend on the order of a disk.
 *
 * @since 0.2
 */
public final class RawFolders {

    private RawFolders() {}

    /**
     * The folders in a folder.
     *
     * @throws CloudException when it cannot be listed
     */
    public static List<Path> folders(Path folder) {
        return list(folder, Files::isDirectory);
    }

    /**
     * The files in a folder.
     *
     * @param name regular expression that the whole name matches
     * @throws CloudException when it cannot be listed
     */
    public static List<Path> files(Path folder, String name) {
        return list(
                folder,
                file -> Files.isRegularFile(file)
                        && file.getFileName().toString().matches(name));
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(wanted)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CloudException(folder + ": cannot be listed: " + e, e);
        }
    }
}
