package org.scenecontexts.votenet.ap;

import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.FileNames;
import org.scenecontexts.io.json.JsonFiles;

/** Writes the boxes of scenes as wires that viewers of clouds show, and as a table for programs; in the frame of the data. */
final class BoxExport {

    /** Corners that an edge connects; the first four corners are below, counter-clockwise. */
    private static final int[][] EDGES = {
        {0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {0, 4}, {1, 5}, {2, 6}, {3, 7}
    };

    private static final int CORNERS = 8;

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

    void write(Scene scene, List<ScoredBox> found) {
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
        AtomicFile.write(folder.resolve(name + ".boxes.ply"), out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.US_ASCII);
            text.write(wires(scene.origin(), sure));
            text.flush();
        });
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

    private String wires(Origin origin, List<ScoredBox> boxes) {
        StringBuilder text = new StringBuilder("ply\nformat ascii 1.0\n");
        text.append("element vertex ").append(CORNERS * boxes.size()).append('\n');
        text.append("property double x\nproperty double y\nproperty double z\n");
        text.append("property uchar red\nproperty uchar green\nproperty uchar blue\nproperty int label\n");
        text.append("element edge ").append(EDGES.length * boxes.size()).append('\n');
        text.append("property int vertex1\nproperty int vertex2\nend_header\n");
        boxes.forEach(found -> corners(text, origin, found.box()));
        for (int i = 0; i < boxes.size(); i++) {
            for (int[] edge : EDGES) {
                text.append(CORNERS * i + edge[0])
                        .append(' ')
                        .append(CORNERS * i + edge[1])
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static void corners(StringBuilder text, Origin origin, Box box) {
        double cos = Math.cos(box.heading());
        double sin = Math.sin(box.heading());
        int colour = java.awt.Color.HSBtoRGB((float) (box.label() * 0.381966 % 1), 0.8f, 0.95f);
        for (int i = 0; i < CORNERS; i++) {
            double u = (i % 4 == 0 || i % 4 == 3 ? 1 : -1) * box.sizeX() / 2;
            double v = (i % 4 < 2 ? 1 : -1) * box.sizeY() / 2;
            double w = (i < 4 ? -1 : 1) * box.sizeZ() / 2;
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f %.4f %.4f %d %d %d %d\n",
                    origin.x() + box.centreX() + cos * u - sin * v,
                    origin.y() + box.centreY() + sin * u + cos * v,
                    origin.z() + box.centreZ() + w,
                    colour >> 16 & 0xFF,
                    colour >> 8 & 0xFF,
                    colour & 0xFF,
                    box.label()));
        }
    }
}
