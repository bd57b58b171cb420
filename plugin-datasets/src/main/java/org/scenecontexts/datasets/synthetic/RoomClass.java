package org.scenecontexts.datasets.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scenecontexts.api.data.SceneClasses;

/**
 * The classes of things in synthetic rooms, in the order of their labels.
 *
 * @since 0.1
 */
public enum RoomClass {
    WALL,
    FLOOR,
    CABINET,
    BED,
    CHAIR,
    SOFA,
    TABLE,
    DOOR,
    WINDOW,
    BOOKSHELF,
    PICTURE,
    COUNTER,
    DESK,
    NIGHTSTAND,
    TOILET,
    SINK,
    BATHTUB,
    LAMP,
    MONITOR,
    /** Last, because it exists only in rooms with a ceiling. */
    CEILING,
    /** Small things without a class; their points are ignored. */
    CLUTTER;

    /** Label of a point of this class, or {@link org.scenecontexts.api.data.Labels#IGNORE}. */
    @SuppressWarnings("EnumOrdinal") // The order of the constants is the order of the labels, as documented above.
    public int label() {
        return this == CLUTTER ? org.scenecontexts.api.data.Labels.IGNORE : ordinal();
    }

    /** Whether things of this class can be counted, so that they are instances with boxes. */
    public boolean isThing() {
        return this != WALL && this != FLOOR && this != CEILING && this != CLUTTER;
    }

    /** The classes as data sets state them. */
    public static SceneClasses classes(boolean ceiling) {
        List<String> names = Arrays.stream(values())
                .filter(c -> c != CLUTTER && (ceiling || c != CEILING))
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList();
        return SceneClasses.of(names);
    }
}
