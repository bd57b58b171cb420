package org.scenecontexts.votenet.ap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.cloud.BoxWires;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.SceneColumns;
import org.scenecontexts.io.json.JsonFiles;

/** Writes the boxes of scenes as wires that viewers of clouds show, and as a table for programs; in the frame of the data. */
final class BoxExport {

    private final Path folder;
    private final SceneClasses classes;
    private final double confidence;
    private final FileNames names = new FileNames();

    /** @param confidence least of a box that is written */
    BoxExport(Path folder, SceneClasses classes, double confidence) {
        this.folder = folder;
        this.classes = classes;
        this.confidence = confidence;
    }

    /**
     * Writes the files of a scene: {@code NAME.boxes.ply} and {@code NAME.boxes.json}, and what they are looked at with: the
     * cloud, {@code NAME.ply}, and the true boxes, {@code NAME.true.boxes.ply}.
     *
     * @param truth true boxes, with the numbers of the data set's classes
     * @param found predicted boxes
     */
    void write(Scene scene, List<Box> truth, List<ScoredBox> found) {
        String name = names.of(scene.id());
        List<ScoredBox> sure =
                found.stream().filter(box -> box.score() >= confidence).toList();
        List<Map<String, Object>> table = new ArrayList<>();
        sure.forEach(box -> table.add(row(scene.origin(), box)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("scene", scene.id());
        document.put("boxes", table);
        document.put("less-sure", found.size() - sure.size());
        JsonFiles.write(folder.resolve(name + ".boxes.json"), document);
        BoxWires.write(
                folder.resolve(name + ".boxes.ply"),
                sure.stream().map(box -> BoxWires.of(box.box(), scene.origin())).toList());
        BoxWires.write(
                folder.resolve(name + ".true.boxes.ply"),
                truth.stream().map(box -> BoxWires.of(box, scene.origin())).toList());
        CloudFiles.write(folder.resolve(name + ".ply"), SceneColumns.commented(cloud(scene), classes));
    }

    private static PointCloud cloud(Scene scene) {
        List<Column> columns = new ArrayList<>(CloudScenes.positions(scene));
        columns.addAll(SceneColumns.colours(scene, ""));
        if (scene.hasLabels()) {
            columns.add(Column.of(SceneColumns.TRUE_LABEL, scene.labels()));
        }
        return PointCloud.of(scene.id(), columns.toArray(Column[]::new));
    }

    private Map<String, Object> row(Origin origin, ScoredBox found) {
        Box box = found.box();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("class", classes.names().get(box.label()));
        row.put("label", box.label());
        row.put("confidence", found.score());
        row.put(
                "centre",
                new double[] {origin.x() + box.centreX(), origin.y() + box.centreY(), origin.z() + box.centreZ()});
        row.put("size", new double[] {box.sizeX(), box.sizeY(), box.sizeZ()});
        row.put("heading", box.heading());
        return row;
    }
}
