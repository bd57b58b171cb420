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

    /** Classes with colours that are easy to tell apart; those of the first twenty are fixed, no two are the same. */
    public static SceneClasses of(List<String> names) {
        return new SceneClasses(
                names,
                java.util.stream.IntStream.range(0, names.size())
                        .mapToObj(SceneClasses::distinct)
                        .toList());
    }

    private static int distinct(int k) {
        if (k < DISTINCT.length) {
            return DISTINCT[k];
        }
        // Steps of the golden section never come back to a hue; brightness and saturation tell neighbours apart.
        double hue = k * 0.6180339887498949 % 1;
        double value = 0.55 + 0.15 * (k % 4);
        double saturation = 0.45 + 0.25 * (k % 3);
        int colour = 0;
        for (int offset = 5; offset > 0; offset -= 2) {
            double place = (offset + 6 * hue) % 6;
            double missing = Math.clamp(Math.min(place, 4 - place), 0.0, 1.0);
            colour = colour << 8 | (int) Math.round(255 * value * (1 - saturation * missing));
        }
        return colour;
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
