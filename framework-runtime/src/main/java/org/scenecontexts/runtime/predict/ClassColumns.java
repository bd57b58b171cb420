package org.scenecontexts.runtime.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.Paint;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.SceneColumns;

/** Lets a written cloud tell its classes: their names in the comments of the file, their colours at the points. */
final class ClassColumns {

    /** Colour of points without a label. */
    static final int UNLABELLED = 0x404040;

    /** Fields that viewers, and our own reader, would take for the colours before ours, or beside them. */
    private static final Set<String> COLOURS = Set.of(
            "red", "green", "blue", "r", "g", "b", "rgb", "rgba", "diffuse_red", "diffuse_green", "diffuse_blue");

    private static final String SCAN = "scan_";

    private ClassColumns() {}

    /** Three fields of bytes with the colour of each point's class. */
    static List<Column> colours(int[] labels, SceneClasses classes) {
        return Paint.columns(palette(labels, classes));
    }

    /** The colour of each point's class, 0xRRGGBB. */
    static int[] palette(int[] labels, SceneClasses classes) {
        return Arrays.stream(labels).map(label -> colour(label, classes)).toArray();
    }

    /** The cloud in other colours, 0xRRGGBB; its own go on under names that begin with {@code scan_}. */
    static PointCloud coloured(PointCloud cloud, int[] colours) {
        List<Column> columns = new ArrayList<>();
        List<String> names = new ArrayList<>(cloud.names());
        for (Column column : cloud.columns()) {
            String name = column.name();
            if (COLOURS.contains(name.toLowerCase(Locale.ROOT))) {
                while (names.contains(name)) {
                    name = SCAN + name;
                }
                names.add(name);
            }
            columns.add(new Column(name, column.values()));
        }
        columns.addAll(Paint.columns(colours));
        return new PointCloud(cloud.source(), columns, cloud.layout(), cloud.warnings());
    }

    /** The cloud with a comment {@code label NUMBER NAME} for each class. */
    static PointCloud commented(PointCloud cloud, SceneClasses classes) {
        return SceneColumns.commented(cloud, classes);
    }

    private static int colour(int label, SceneClasses classes) {
        return label >= 0 && label < classes.count() ? classes.palette().get(label) : UNLABELLED;
    }
}
