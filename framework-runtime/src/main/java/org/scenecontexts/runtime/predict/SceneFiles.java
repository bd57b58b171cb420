package org.scenecontexts.runtime.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.cloud.BoxWires;
import org.scenecontexts.io.cloud.CloudAttributes;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.SceneColumns;
import org.scenecontexts.io.json.JsonFiles;

/**
 * Writes the predictions for the scenes of a data set, at every original point.
 *
 * @since 0.1
 */
public final class SceneFiles {

    private final Path folder;
    private final SceneClasses classes;
    private final FileNames names = new FileNames();

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
        return names.of(scene.id());
    }

    /**
     * Writes {@code NAME.ply}: position in the frame of the data, everything that is predicted about points, colours of the
     * predicted classes, and the true label and the scene's own colours where there are any; the names of the classes stand
     * in comments. A scene whose points get no classes keeps its colours.
     */
    public Path ply(String name, Scene scene, ScenePrediction prediction) {
        int n = scene.size();
        List<Column> columns = new ArrayList<>(CloudScenes.positions(scene));
        boolean labelled = prediction.parts().contains(Prediction.Part.LABELS);
        if (labelled) {
            columns.addAll(ClassColumns.colours(prediction.labels().classes(), classes));
        }
        columns.addAll(PredictionFields.ofAll(n).columns(prediction));
        if (scene.hasLabels()) {
            columns.add(Column.of(SceneColumns.TRUE_LABEL, scene.labels()));
        }
        for (Attribute attribute : scene.attributes().points().values()) {
            for (Column column : CloudAttributes.columns(attribute)) {
                columns.add(free(column, columns));
            }
        }
        columns.addAll(SceneColumns.colours(scene, labelled ? SceneColumns.SCAN : ""));
        Path file = folder.resolve(name + ".ply");
        PointCloud cloud = PointCloud.of(scene.id(), columns.toArray(Column[]::new));
        CloudFiles.write(file, labelled ? ClassColumns.commented(cloud, classes) : cloud);
        return file;
    }

    /** Attributes stand beside what is predicted under the same name, such as a target beside its prediction. */
    private static Column free(Column column, List<Column> taken) {
        String name = column.name();
        while (true) {
            String wanted = name;
            if (taken.stream().noneMatch(other -> other.name().equals(wanted))) {
                return new Column(name, column.values());
            }
            name = "scan_" + name;
        }
    }

    /**
     * Writes {@code NAME.json} where objects, boxes or values of the scene are predicted, and the boxes as wires, {@code
     * NAME.boxes.ply}, too; boxes that are less sure than {@link Predictor#SURE} are only counted.
     */
    public Optional<Path> document(String name, Scene scene, ScenePrediction prediction) {
        Path file = folder.resolve(name + ".json");
        Optional<Map<String, Object>> document = PredictionDocument.of(scene, classes, prediction, Predictor.SURE);
        document.ifPresent(content -> JsonFiles.write(file, content));
        if (prediction.parts().contains(Prediction.Part.BOXES)) {
            BoxWires.write(
                    folder.resolve(name + ".boxes.ply"),
                    prediction.boxes().stream()
                            .filter(box -> box.score() >= Predictor.SURE)
                            .map(box -> BoxWires.of(box.box(), scene.origin()))
                            .toList());
        }
        return document.map(content -> file);
    }

    /** Writes {@code NAME.npy}: raw scores, {@code [N, K]}. */
    public Path scores(String name, SampledPoints points, ScenePrediction prediction) {
        Path file = folder.resolve(name + ".npy");
        Npy.write(file, PointScores.at(points, prediction.labels().scores()));
        return file;
    }

    /** Writes {@code NAME-features.npy}: features of the backbone, {@code [N, C]}. */
    public Path features(String name, SampledPoints points, PointFeatures rows) {
        Path file = folder.resolve(name + "-features.npy");
        Npy.write(file, PointScores.at(points, rows.values()));
        return file;
    }
}
