package org.scenecontexts.io.folder;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.scenecontexts.api.data.CloudException;

/**
 * The one way in which data sets and commands walk through a folder of data, so that all of them see the same files: links are
 * followed (also in circles, once around), hidden files and folders ({@code ._a.ply} of macOS, {@code .x}) are left out, names
 * end in any case ({@code SCAN1.PLY}), and the order is that of the names with numbers by value (learn4 before learn14).
 *
 * @since 0.1
 */
public final class DataFolder {

    /** More is no data folder: the whole disk was named, or links branch without end. */
    private static final int MOST = 2_000_000;

    private static final int DEEPEST = 64;

    private final Path root;
    private final List<Path> files;
    private final List<String> skipped;

    private DataFolder(Path root, List<Path> files, List<String> skipped) {
        this.root = root;
        this.files = files;
        this.skipped = skipped;
    }

    /**
     * Files that were asked for.
     *
     * @param files in order, below the folder as it was named
     * @param left relative paths of the other visible files, in order
     * @param skipped relative paths of what was passed over: hidden files, links that lead nowhere, folders that cannot be read
     */
    public record Taken(List<Path> files, List<String> left, List<String> skipped) {

        private static final int SHOWN = 3;

        public Taken {
            files = List.copyOf(files);
            left = List.copyOf(left);
            skipped = List.copyOf(skipped);
        }

        /**
         * How many files were not taken, with the first of them, such as {@code 2 other files are not read (a.las, b.txt)};
         * nothing when there are none.
         *
         * @param endings of files that could have been meant: a licence or a picture beside the data is no news
         */
        public String told(Collection<String> endings) {
            List<String> meant = left.stream()
                    .filter(name -> endings.contains(ending(Path.of(name))))
                    .toList();
            List<String> parts = new ArrayList<>();
            if (!meant.isEmpty()) {
                parts.add(meant.size() + (meant.size() == 1 ? " other file is" : " other files are") + " not read ("
                        + some(meant) + ")");
            }
            if (!skipped.isEmpty()) {
                parts.add(skipped.size()
                        + (skipped.size() == 1 ? " hidden or unreadable one is" : " hidden or unreadable ones are")
                        + " passed over (" + some(skipped) + ")");
            }
            return String.join(", ", parts);
        }

        private static String some(List<String> names) {
            return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                    + (names.size() > SHOWN ? ", ..." : "");
        }
    }

    /**
     * Walks through a folder and everything below it.
     *
     * @param root followed where it is a link
     * @throws CloudException when it is no folder, cannot be listed, or has no end
     */
    public static DataFolder of(Path root) {
        return walk(root, DEEPEST);
    }

    /** Looks at the files of a folder, not at its folders. */
    public static DataFolder flat(Path root) {
        return walk(root, 1);
    }

    private static DataFolder walk(Path root, int depth) {
        if (!Files.isDirectory(root)) {
            throw new CloudException(root + (Files.exists(root) ? ": is no folder" : ": no such folder")
                    + "; name the folder that holds the files");
        }
        Walk walk = new Walk(root);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, walk);
        } catch (IOException e) {
            throw new CloudException(root + ": cannot be listed: " + e, e);
        }
        walk.files.sort(Comparator.comparing(file -> root.relativize(file).toString(), DataFolder::compareNaturally));
        walk.skipped.sort(DataFolder::compareNaturally);
        return new DataFolder(root, walk.files, walk.skipped);
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> files = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();
        private int visited;

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            count();
            boolean hidden = !folder.equals(root) && isHidden(folder);
            if (hidden) {
                skipped.add(root.relativize(folder) + "/");
            }
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            count();
            if (isHidden(file) || attributes.isSymbolicLink()) {
                // A link that could be followed is not seen as one.
                skipped.add(root.relativize(file).toString());
            } else if (attributes.isRegularFile()) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        /** A link back to a folder above it, or a folder that may not be read. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(root)) {
                throw failure;
            }
            skipped.add(root.relativize(file).toString());
            return FileVisitResult.CONTINUE;
        }

        private void count() {
            if (++visited > MOST) {
                throw new CloudException(root + ": has more than " + MOST
                        + " files and folders, counting what links lead to; name the folder of the data itself");
            }
        }

        private static boolean isHidden(Path file) {
            return file.getFileName().toString().startsWith(".");
        }
    }

    /** All visible files, in order. */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /**
     * The files that match a glob.
     *
     * @param glob on the path in the folder, such as {@code *.ply} or {@code **}{@code /*.ply}; endings match in any case
     * @throws CloudException when it is no glob
     */
    public Taken matching(String glob) {
        PathMatcher exact = matcher(glob);
        PathMatcher lower = matcher(lowerEnding(glob));
        return taken(file -> {
            Path inside = root.relativize(file);
            Path lowered =
                    inside.resolveSibling(lowerEnding(inside.getFileName().toString()));
            return exact.matches(inside) || lower.matches(lowered);
        });
    }

    private PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (IllegalArgumentException e) {
            throw new CloudException(
                    root + ": '" + glob + "' is no glob: " + e.getMessage() + "; write for example *.ply", e);
        }
    }

    /** The files whose names end in one of several endings, in any case. */
    public Taken ending(List<String> endings) {
        return taken(file -> endings.contains(ending(file)));
    }

    private Taken taken(Predicate<Path> wanted) {
        List<Path> hits = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Path file : files) {
            if (wanted.test(file)) {
                hits.add(file);
            } else {
                left.add(root.relativize(file).toString());
            }
        }
        return new Taken(hits, left, skipped);
    }

    /** What follows the last dot of a name, in lower case; the whole name where it has no dot. */
    public static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String lowerEnding(String text) {
        int dot = text.lastIndexOf('.');
        return dot < 0 ? text : text.substring(0, dot) + text.substring(dot).toLowerCase(Locale.ROOT);
    }

    /** Orders {@code learn4} before {@code learn14}. */
    public static int compareNaturally(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (Character.isDigit(a.charAt(i)) && Character.isDigit(b.charAt(j))) {
                int endA = digits(a, i);
                int endB = digits(b, j);
                String numberA = a.substring(i, endA).replaceFirst("^0+(?=.)", "");
                String numberB = b.substring(j, endB).replaceFirst("^0+(?=.)", "");
                int compared = numberA.length() != numberB.length()
                        ? Integer.compare(numberA.length(), numberB.length())
                        : numberA.compareTo(numberB);
                if (compared != 0) {
                    return compared;
                }
                i = endA;
                j = endB;
            } else if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
