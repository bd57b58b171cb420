package org.scenecontexts.datasets.clouds;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;

/** Finds the files of a data set, in an order that is the same everywhere. */
final class CloudList {

    private CloudList() {}

    /**
     * The files of a folder whose relative path or name matches a glob, ordered by path, numbers by value.
     *
     * @throws CloudException when there is no such folder, or nothing matches
     */
    static List<Path> find(Path folder, String pattern) {
        if (!Files.isDirectory(folder)) {
            throw new CloudException(
                    folder + ": no such folder; 'path:' of point-clouds names the folder of the files");
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(folder.relativize(file)))
                    .forEach(files::add);
        } catch (IOException e) {
            throw new CloudException(folder + ": cannot be listed: " + e, e);
        }
        if (files.isEmpty()) {
            throw new CloudException(folder + ": no file matches '" + pattern
                    + "'; set 'pattern:' (for example *.pcd, or **/*.ply for sub-folders)");
        }
        files.sort(Comparator.comparing(file -> folder.relativize(file).toString(), CloudList::compareNaturally));
        return files;
    }

    /** Orders {@code learn4} before {@code learn14}. */
    static int compareNaturally(String a, String b) {
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
