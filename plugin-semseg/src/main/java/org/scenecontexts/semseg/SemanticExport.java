package org.scenecontexts.semseg;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.Paint;
import org.scenecontexts.io.cloud.PointCloud;

/** Writes the predictions of scenes as files. */
final class SemanticExport {

    private static final int UNKNOWN_COLOUR = 0x000000;

    private final Path folder;
    private final SceneClasses classes;
    private final List<Integer> submissionLabels;
    private final FileNames names = new FileNames();

    SemanticExport(Path folder, SceneClasses classes, List<Integer> submissionLabels) {
        this.folder = folder;
        this.classes = classes;
        this.submissionLabels = submissionLabels;
    }

    /** A name for the files of a scene: ids may name folders (Area_5/office_1); files lie side by side. */
    String name(Scene scene) {
        return names.of(scene.id());
    }

    /**
     * Every original point in order: position in the frame of the data, the colour of its predicted class, predicted
     * class, confidence, and the true class where the scene is labelled.
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
        CloudFiles.write(folder.resolve(name + ".ply"), PointCloud.of(scene.id(), columns.toArray(Column[]::new)));
    }

    /** One class number per line, one line per original point (REFERENCE 6.4). */
    void submission(String name, ScenePrediction prediction) {
        AtomicFile.write(folder.resolve("benchmark_segmentation").resolve(name + ".txt"), out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.US_ASCII);
            writeLines(text, prediction.labels().classes());
            text.flush();
        });
    }

    private void writeLines(Writer text, int[] labels) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int label : labels) {
            lines.append(label < 0 || submissionLabels.isEmpty() ? label : submissionLabels.get(label))
                    .append('\n');
        }
        text.write(lines.toString());
    }

    private int colour(int label) {
        return label < 0 ? UNKNOWN_COLOUR : classes.palette().get(label);
    }
}
