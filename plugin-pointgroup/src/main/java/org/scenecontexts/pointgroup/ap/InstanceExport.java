package org.scenecontexts.pointgroup.ap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.Paint;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.SceneColumns;
import org.scenecontexts.io.json.JsonFiles;

/** Writes the objects of scenes as files: for people, for programs and for ScanNet's server. */
final class InstanceExport {

    private final Path folder;
    private final SceneClasses classes;
    private final InstanceSubmission submission;
    private final FileNames names = new FileNames();

    InstanceExport(Path folder, SceneClasses classes, List<Integer> submissionLabels) {
        this.folder = folder;
        this.classes = classes;
        this.submission = InstanceSubmission.in(folder, classes.count(), submissionLabels);
    }

    /** A name for the files of a scene: ids may name folders (Area_5/office_1); files lie side by side. */
    String name(Scene scene) {
        return names.of(scene.id());
    }

    /**
     * Every original point, in the frame of the data, with the colour of its object (grey where there is none), its object
     * ({@code instance}, -1 for none) and predicted class, the true ones where known, and the scan's own colours; and the
     * objects as a table in JSON.
     */
    void objects(String name, Scene scene, ScenePrediction prediction) {
        List<ScenePrediction.Instance> found = prediction.instances();
        int[] instance = new Prediction.Instances(found).owners(scene.size());
        CloudFiles.write(folder.resolve(name + ".ply"), cloud(scene, prediction, instance));
        List<Map<String, Object>> table = new ArrayList<>();
        for (int k = 0; k < found.size(); k++) {
            table.add(row(scene, k, found.get(k)));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("scene", scene.id());
        document.put("objects", table);
        JsonFiles.write(folder.resolve(name + ".json"), document);
    }

    private PointCloud cloud(Scene scene, ScenePrediction prediction, int[] instance) {
        List<Column> columns = new ArrayList<>(CloudScenes.positions(scene));
        columns.addAll(Paint.columns(Paint.objects(instance)));
        columns.add(Column.of("instance", instance));
        if (prediction.parts().contains(Prediction.Part.LABELS)) {
            columns.add(Column.of("label", prediction.labels().classes()));
        }
        if (scene.hasInstances()) {
            columns.add(Column.of("truth", scene.instances()));
        }
        if (scene.hasLabels()) {
            columns.add(Column.of(SceneColumns.TRUE_LABEL, scene.labels()));
        }
        columns.addAll(SceneColumns.colours(scene, SceneColumns.SCAN));
        return SceneColumns.commented(PointCloud.of(scene.id(), columns.toArray(Column[]::new)), classes);
    }

    private Map<String, Object> row(Scene scene, int number, ScenePrediction.Instance instance) {
        double[][] bounds = instance.bounds(scene);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("instance", number);
        row.put("class", classes.names().get(instance.label()));
        row.put("label", instance.label());
        row.put("confidence", instance.score());
        row.put("points", instance.points().length);
        row.put("low", bounds[0]);
        row.put("high", bounds[1]);
        return row;
    }

    /** A list of the objects and a mask for each, as REFERENCE 7.6 describes. */
    void submission(String name, Scene scene, ScenePrediction prediction) {
        submission.write(name, scene, prediction.instances());
    }

    /** Reads what was written for a server again, as it would. */
    void validate() {
        submission.validate();
    }
}
