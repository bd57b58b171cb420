package org.scenecontexts.api.data;

import java.util.List;

/**
 * The classes that a data set knows: their names in the order of their numbers, and a colour for each.
 *
 * @param names class names; the position is the class number
 * @param palette one colour per class, 0xRRGGBB, for exports and tables
 * @since 0.1
 */
public record SceneClasses(List<String> names, List<Integer> palette) {

    private static final int[] DISTINCT = {
        0xAEC7E8, 0x98DF8A, 0x1F77B4, 0xFFBB78, 0xBCBD22, 0x8C564B, 0xFF9896, 0xD62728, 0xC5B0D5, 0x9467BD,
        0xC49C94, 0x17BECF, 0xF7B6D2, 0xDBDB8D, 0xFF7F0E, 0x9EDAE5, 0x2CA02C, 0x708090, 0xE377C2, 0x5254A3
    };

    /** @throws IllegalArgumentException when there is not one colour per name */
    public SceneClasses {
        names = List.copyOf(names);
        palette = List.copyOf(palette);
        if (names.size() != palette.size()) {
            throw new IllegalArgumentException(
                    "one colour per class expected: " + names.size() + " names, " + palette.size() + " colours");
        }
    }

    /** Classes with colours that are easy to tell apart. */
    public static SceneClasses of(List<String> names) {
        return new SceneClasses(
                names,
                java.util.stream.IntStream.range(0, names.size())
                        .mapToObj(i -> DISTINCT[i % DISTINCT.length])
                        .toList());
    }

    /** No classes: data without labels. */
    public static SceneClasses none() {
        return new SceneClasses(List.of(), List.of());
    }

    /** Number of classes, K. */
    public int count() {
        return names.size();
    }
}
