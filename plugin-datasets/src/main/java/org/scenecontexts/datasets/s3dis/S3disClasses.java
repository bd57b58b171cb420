package org.scenecontexts.datasets.s3dis;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SceneClasses;

/** The 13 classes of S3DIS, and the 14 numbers of prepared files, of which stairs are left out (REFERENCE 5.3). */
public final class S3disClasses {

    /** Published code: unknown or contested. */
    private static final int UNKNOWN = 255;

    private static final int STAIRS = 10;

    private static final int STORED = 14;

    private static final List<String> NAMES = List.of(
            "clutter",
            "beam",
            "board",
            "bookcase",
            "ceiling",
            "chair",
            "column",
            "door",
            "floor",
            "sofa",
            "table",
            "wall",
            "window");

    private S3disClasses() {}

    public static SceneClasses all() {
        return SceneClasses.of(NAMES);
    }

    /** Whether prepared files may hold a number. */
    static boolean isKnown(double stored) {
        return stored == UNKNOWN || stored >= 0 && stored < STORED && stored == Math.rint(stored);
    }

    /** The class of a known number, or {@link Labels#IGNORE}. */
    static int of(int stored) {
        if (stored == UNKNOWN || stored == STAIRS) {
            return Labels.IGNORE;
        }
        return stored < STAIRS ? stored : stored - 1;
    }

    /** The number that prepared files hold for a class, or for none. */
    public static int stored(int label) {
        return label < 0 ? UNKNOWN : label < STAIRS ? label : label + 1;
    }

    /** The number that prepared files hold for an object's text, {@code <class>_<n>.txt}; unknown classes are clutter. */
    static int stored(Path file, Consumer<String> warn) {
        String name = file.getFileName().toString().replaceFirst("_.*|\\.txt$", "");
        if (name.equals("stairs")) {
            return STAIRS;
        }
        int index = NAMES.indexOf(name);
        if (index < 0) {
            warn.accept(
                    file + ": '" + name + "' is none of the classes " + NAMES + " and stairs; its points are clutter");
            return 0;
        }
        return index < STAIRS ? index : index + 1;
    }
}
