package org.scenecontexts.io.array;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Gives things names that can be files, each one its own: two scenes whose names differ in what no file system takes, or in
 * upper and lower case only, never share a file.
 *
 * <p>One instance per folder; which name a thing gets depends on those asked for before it. Not for use by several threads.
 *
 * @since 0.1
 */
public final class FileNames {

    private final Set<String> taken = new HashSet<>();

    /**
     * The name with everything that is no letter, digit, dot, dash or underscore replaced; a number is added where it is
     * taken.
     *
     * @param name of a scene or table; may hold anything
     * @return another text at every call, not empty, without a folder and without a leading dot
     */
    public String of(String name) {
        String plain = plain(name);
        String free = plain;
        for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
            free = plain + "-" + number;
        }
        return free;
    }

    /** The name on its own, without regard to others. */
    public static String plain(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "_")
                .replaceAll("^\\.+", "_")
                .replaceAll("\\.+$", "_");
        return safe.isEmpty() ? "_" : safe;
    }
}
