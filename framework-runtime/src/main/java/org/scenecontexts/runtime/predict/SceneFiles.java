package org.scenecontexts.runtime.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.ElementType;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;

/**
 * Writes the predictions for the scenes of a data set, at every original point.
 *
 * @since 0.1
 */
public final class SceneFiles {

    private static final int UNLABELLED = 0x404040;

    private final Path folder;
    private final SceneClasses classes;
    private final Map<String, Integer> taken = new HashMap<>();

    /** @param classes names and colours of the labels */
    public SceneFiles(Path folder, SceneClasses classes) {
        this.folder = folder;
        this.classes = classes;
    }

    /**
     * A name for the files of a scene: its id with everything that is no letter, digit, dot, dash or underscore replaced; a
     * number is added where two scenes would share it.
     */
    public String name(Scene scene) {
        String safe = scene.id().replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^\\.+", "_");
        int earlier = taken.merge(safe, 1, Integer::sum);
        return earlier == 1 ? safe : safe + "-" + earlier;
    }

    /**
     * Writes {@code NAME.ply}: position in the frame of the data, colour of the predicted class, label, confidence, and the
     * true label and the scene's own colours where there are any.
     */
    public Path ply(String name, Scene scene, ScenePrediction prediction) {
        int n = scene.size();
        List<Column> columns = new ArrayList<>(CloudScenes.positions(scene));
        int[] labels = prediction.labels();
        for (int channel = 0; channel < 3; channel++) {
            int shift = 16 - 8 * channel;
            int[] values = Arrays.stream(labels)
                    .map(label -> colour(label) >> shift & 0xFF)
                    .toArray();
            columns.add(bytes(List.of("red", "green", "blue").get(channel), values));
        }
        columns.add(Column.of(Predictor.LABEL, labels));
        columns.add(Column.of(Predictor.CONFIDENCE, prediction.confidence()));
        if (scene.hasLabels()) {
            columns.add(Column.of("label_true", scene.labels()));
        }
        if (scene.hasColours()) {
            for (int channel = 0; channel < 3; channel++) {
                float[] values = column(scene.colours(), channel, n);
                int[] whole = new int[n];
                Arrays.setAll(whole, i -> Math.clamp(Math.round(values[i]), 0, 255));
                columns.add(bytes(List.of("scan_red", "scan_green", "scan_blue").get(channel), whole));
            }
        }
        Path file = folder.resolve(name + ".ply");
        CloudFiles.write(file, PointCloud.of(scene.id(), columns.toArray(Column[]::new)));
        return file;
    }

    /** Writes {@code NAME.npy}: raw scores, {@code [N, K]}. */
    public Path scores(String name, Scene scene, SampledPoints points, ScenePrediction prediction) {
        int[] identity = new int[scene.size()];
        Arrays.setAll(identity, i -> i);
        Path file = folder.resolve(name + ".npy");
        Npy.write(file, PointScores.at(identity, points, prediction));
        return file;
    }

    private int colour(int label) {
        return label >= 0 && label < classes.count() ? classes.palette().get(label) : UNLABELLED;
    }

    private static Column bytes(String name, int[] values) {
        return new Column(name, NpArray.of(values, values.length).as(ElementType.UINT8));
    }

    private static float[] column(float[] rows, int axis, int n) {
        float[] column = new float[n];
        for (int i = 0; i < n; i++) {
            column[i] = rows[3 * i + axis];
        }
        return column;
    }
}
