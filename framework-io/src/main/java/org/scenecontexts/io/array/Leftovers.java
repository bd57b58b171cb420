package org.scenecontexts.io.array;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds and removes what killed processes left under temporary names, so that disks do not fill up with torn files.
 *
 * <p>A temporary name says which process writes it. A file is left over when that process has ended, or when the process of
 * that number was started after the file was last written (numbers come again, in containers nearly always).
 *
 * @since 0.1
 */
public final class Leftovers {

    private static final Pattern NAME = Pattern.compile("\\..+\\.(\\d+)\\.tmp", Pattern.DOTALL);

    private Leftovers() {}

    /** The temporary name of this process for a file: hidden, in the same folder. */
    static Path temporary(Path file) {
        return file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    }

    /**
     * Removes what is left over in a folder and the folders in it; links are not followed, what cannot be removed stays.
     *
     * @param folder may be missing, or be a file, in which case only the temporary files of that file are meant
     * @return what was removed
     */
    public static List<Path> remove(Path folder) {
        return remove(folder, inner -> true);
    }

    /** The same without the folders that shall not be entered. */
    public static List<Path> remove(Path folder, Predicate<Path> enter) {
        Path start = folder.toAbsolutePath();
        if (Files.isDirectory(start)) {
            return remove(start, enter, Integer.MAX_VALUE, "");
        }
        Path parent = start.getParent();
        return parent == null || !Files.isDirectory(parent)
                ? List.of()
                : remove(parent, enter, 1, "." + start.getFileName() + ".");
    }

    private static List<Path> remove(Path start, Predicate<Path> enter, int depth, String prefix) {
        List<Path> removed = new ArrayList<>();
        try {
            Files.walkFileTree(start, java.util.Set.of(), depth, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                    return inner.equals(start) || enter.test(inner)
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    if (attributes.isRegularFile() && name.startsWith(prefix) && isLeftOver(name, attributes)) {
                        delete(file, removed);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException reason) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path inner, IOException reason) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return removed;
        }
        return removed;
    }

    private static boolean isLeftOver(String name, BasicFileAttributes attributes) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                && ended(matcher.group(1), attributes.lastModifiedTime().toInstant());
    }

    /**
     * Whether the process that wrote something has ended.
     *
     * @param pid its number, decimal digits
     * @param written when it last wrote
     */
    public static boolean ended(String pid, Instant written) {
        long number;
        try {
            number = Long.parseLong(pid);
        } catch (NumberFormatException e) {
            return false;
        }
        return ProcessHandle.of(number)
                .map(process -> process.info()
                        .startInstant()
                        // The start is known to a second only.
                        .map(start -> start.isAfter(written.plusSeconds(2)))
                        .orElse(false))
                .orElse(true);
    }

    private static void delete(Path file, List<Path> removed) {
        try {
            Files.delete(file);
            removed.add(file);
        } catch (IOException e) {
            // Of another user, or gone already: no harm is done.
        }
    }
}
