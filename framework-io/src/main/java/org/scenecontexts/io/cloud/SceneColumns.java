package org.scenecontexts.io.cloud;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/**
 * What a written cloud holds of its scene besides positions, under the names that {@code csc view} and {@code csc predict} know,
 * so that every file of results can be looked at with the scan's own colours and the names of the classes.
 *
 * @since 0.2
 */
public final class SceneColumns {

    /** What the scan's own colours are prefixed with in a file whose colours tell classes or objects. */
    public static final String SCAN = "scan_";

    /** Field of the true class, beside the predicted {@code label}. */
    public static final String TRUE_LABEL = "label_true";

    private SceneColumns() {}

    /**
     * The scene's own colours as bytes; none where it has no colours.
     *
     * @param prefix of the names {@code red}, {@code green} and {@code blue}, such as {@link #SCAN}
     */
    public static List<Column> colours(Scene scene, String prefix) {
        List<Column> columns = new ArrayList<>();
        if (!scene.hasColours()) {
            return columns;
        }
        for (int channel = 0; channel < Paint.CHANNELS.size(); channel++) {
            int[] values = new int[scene.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.clamp(Math.round(scene.colours()[3 * i + channel]), 0, 255);
            }
            columns.add(new Column(
                    prefix + Paint.CHANNELS.get(channel),
                    NpArray.of(values, values.length).as(ArrayElement.UINT8)));
        }
        return columns;
    }

    /** The cloud with a comment {@code label NUMBER NAME} for each class. */
    public static PointCloud commented(PointCloud cloud, SceneClasses classes) {
        CloudLayout layout = cloud.layout();
        List<String> comments = new ArrayList<>(layout.comments());
        for (int k = 0; k < classes.count(); k++) {
            comments.add("label " + k + " " + classes.names().get(k));
        }
        CloudLayout named = new CloudLayout(
                layout.width(),
                layout.height(),
                layout.viewpoint(),
                comments,
                layout.faceStarts(),
                layout.faceVertices());
        return new PointCloud(cloud.source(), cloud.columns(), named, cloud.warnings());
    }
}
