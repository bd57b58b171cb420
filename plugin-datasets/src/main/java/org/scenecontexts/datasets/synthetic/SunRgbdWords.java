package org.scenecontexts.datasets.synthetic;

import java.util.Locale;

/** What SUN RGB-D calls the classes of synthetic rooms. */
final class SunRgbdWords {

    private SunRgbdWords() {}

    /** Without blanks, as in its tables. */
    static String of(RoomClass type) {
        return type == RoomClass.NIGHTSTAND ? "night_stand" : type.name().toLowerCase(Locale.ROOT);
    }
}
