package org.scenecontexts.semseg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.Paint;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.SceneColumns;

/** Writes the predictions of scenes as files. */
final class SemanticExport {

    private static final int UNKNOWN_COLOUR = 0x000000;

    private final Path folder;
    private final SceneClasses classes;
    private final SemanticSubmission submission;
    private final FileNames names = new FileNames();

    SemanticExport(Path folder, SceneClasses classes, List<Integer> submissionLabels) {
        this.folder = folder;
        this.classes = classes;
        this.submission = SemanticSubmission.in(folder, classes.count(), submissionLabels);
    }

    /** A name for the files of a scene: ids may name folders (Area_5/office_1); files lie side by side. */
    String name(Scene scene) {
        return names.of(scene.id());
    }

    /**
     * Every original point in order: position in the frame of the data, the colour of its predicted class, predicted
     * class, confidence, the true class where the scene is labelled, and the scan's own colours; the names of the classes
     * stand in comments.
     */
    void ply(String name, Scene scene, ScenePrediction prediction) {
        List<Column> columns = new ArrayList<>(CloudScenes.positions(scene));
        columns.addAll(Paint.columns(
                Arrays.stream(prediction.labels().classes()).map(this::colour).toArray()));
        columns.add(Column.of("label", prediction.labels().classes()));
        columns.add(Column.of("confidence", prediction.labels().confidence()));
        if (scene.hasLabels()) {
            columns.add(Column.of("truth", scene.labels()));
        }
        columns.addAll(SceneColumns.colours(scene, SceneColumns.SCAN));
        PointCloud cloud = PointCloud.of(scene.id(), columns.toArray(Column[]::new));
        CloudFiles.write(folder.resolve(name + ".ply"), SceneColumns.commented(cloud, classes));
    }

    /** One class number per line, one line per original point (REFERENCE 6.4). */
    void submission(String name, ScenePrediction prediction) {
        submission.write(name, prediction.labels().classes());
    }

    /** Reads what was written for a server again, as it would. */
    void validate() {
        submission.validate();
    }

    private int colour(int label) {
        return label < 0 ? UNKNOWN_COLOUR : classes.palette().get(label);
    }
}
