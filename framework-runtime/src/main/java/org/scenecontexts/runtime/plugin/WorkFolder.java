package org.scenecontexts.runtime.plugin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scenecontexts.io.array.Leftovers;

/** A folder among the machine's temporary files, to expand plugins into; those of killed processes are removed. */
final class WorkFolder {

    private static final String PREFIX = "csc-plugins-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");

    private WorkFolder() {}

    static Path make() throws IOException {
        Path folder = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
        removeLeftovers(folder.getParent());
        return folder;
    }

    private static void removeLeftovers(Path folder) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path old : found) {
                Matcher name = NAME.matcher(old.getFileName().toString());
                if (name.matches()
                        && Leftovers.ended(
                                name.group(1), Files.getLastModifiedTime(old).toInstant())) {
                    remove(old);
                }
            }
        } catch (IOException e) {
            // Of another user, or gone meanwhile: what is left over does no harm.
        }
    }

    /** Removes a folder; what is still in use goes when this process ends. */
    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> {
                if (!file.toFile().delete()) {
                    file.toFile().deleteOnExit();
                }
            });
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
