package org.scenecontexts.datasets.prepared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.StandIns;
import org.scenecontexts.io.folder.DataFolder;

/**
 * Reads lists of scenes, one name per line, and finds them where the published loaders look (REFERENCE 5.1, 9.1).
 *
 * @since 0.1
 */
public final class SceneLists {

    private SceneLists() {}

    /**
     * The names in a list; empty lines do not count.
     *
     * @throws CloudException when the file is missing, empty, or names a scene twice
     */
    public static List<String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such list of scenes; it is expected to hold one name per line"
                    + beside(file.toAbsolutePath().getParent()));
        }
        StandIns.refuse(file);
        List<String> names;
        try (Stream<String> lines = Files.lines(file)) {
            names = lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new CloudException(file + ": cannot be read as text: " + e, e);
        }
        if (names.isEmpty()) {
            throw new CloudException(file + ": names no scene; one name per line is expected");
        }
        Set<String> seen = new HashSet<>();
        names.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
            throw new CloudException(file + ": names '" + name + "' twice; remove one of the lines");
        });
        return names;
    }

    /**
     * The folder of the lists: {@code splits}, or {@code split}, as it is called where it is published.
     *
     * @param root of the data set
     * @throws CloudException when the data set has no folder, or no folder of lists
     */
    public static Path folder(Path root) {
        if (!Files.isDirectory(root)) {
            throw new CloudException(root + ": no such folder; 'path:' names the folder of the prepared scenes");
        }
        for (String name : List.of("splits", "split")) {
            if (Files.isDirectory(root.resolve(name))) {
                return root.resolve(name);
            }
        }
        throw new CloudException(
                root + ": has no folder 'splits' with the lists of scenes; copy it there from the published program");
    }

    private static String beside(Path folder) {
        if (folder == null || !Files.isDirectory(folder)) {
            return "";
        }
        try {
            List<String> lists = DataFolder.flat(folder).ending(List.of("txt")).files().stream()
                    .map(file -> file.getFileName().toString())
                    .toList();
            return "; lists in that folder: " + (lists.isEmpty() ? "none" : String.join(", ", lists));
        } catch (CloudException e) {
            return "";
        }
    }
}
