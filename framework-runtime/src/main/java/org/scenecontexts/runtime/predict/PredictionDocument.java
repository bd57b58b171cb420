package org.scenecontexts.runtime.predict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;

/**
 * What is predicted about a scene rather than about its points, for JSON: objects, boxes and values of the scene. Positions
 * are metres with z up, in the frame of the data.
 */
final class PredictionDocument {

    private final Scene scene;
    private final SceneClasses classes;
    private final double confidence;

    private PredictionDocument(Scene scene, SceneClasses classes, double confidence) {
        this.confidence = confidence;
        this.scene = scene;
        this.classes = classes;
    }

    /**
     * The document; empty when everything that is predicted is about points alone.
     *
     * @param confidence least of a box that is named; the others are counted
     */
    static Optional<Map<String, Object>> of(
            Scene scene, SceneClasses classes, ScenePrediction prediction, double confidence) {
        PredictionDocument writer = new PredictionDocument(scene, classes, confidence);
        Map<String, Object> document = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Prediction part : prediction.predictions()) {
            switch (part) {
                case Prediction.Instances instances -> document.put("objects", writer.objects(instances.found()));
                case Prediction.Boxes boxes -> writer.boxes(boxes, document);
                case Prediction.SceneValues found -> values.put(found.name(), titled(found));
                case Prediction.PointLabels labels -> {}
                case Prediction.PointValues found -> {}
            }
        }
        if (!values.isEmpty()) {
            document.put("values", values);
        }
        if (document.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("scene", scene.id());
        named.putAll(document);
        return Optional.of(named);
    }

    private static Map<String, Object> titled(Prediction.SceneValues found) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < found.values().length; i++) {
            values.put(found.titles().get(i), found.values()[i]);
        }
        return values;
    }

    private List<Map<String, Object>> objects(List<ScenePrediction.Instance> found) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int k = 0; k < found.size(); k++) {
            ScenePrediction.Instance object = found.get(k);
            double[][] bounds = object.bounds(scene);
            Map<String, Object> row = labelled(object.label());
            row.put("instance", k);
            row.put("confidence", object.score());
            row.put("points", object.points().length);
            row.put("low", bounds[0]);
            row.put("high", bounds[1]);
            rows.add(row);
        }
        return rows;
    }

    private void boxes(Prediction.Boxes boxes, Map<String, Object> document) {
        List<ScenePrediction.ScoredBox> sure =
                boxes.found().stream().filter(box -> box.score() >= confidence).toList();
        document.put("boxes", sure.stream().map(this::box).toList());
        document.put("less-sure", boxes.found().size() - sure.size());
    }

    private Map<String, Object> box(ScenePrediction.ScoredBox scored) {
        Box box = scored.box();
        Map<String, Object> row = labelled(box.label());
        row.put("confidence", scored.score());
        row.put("centre", new double[] {
            scene.origin().x() + box.centreX(),
            scene.origin().y() + box.centreY(),
            scene.origin().z() + box.centreZ()
        });
        row.put("size", new double[] {box.sizeX(), box.sizeY(), box.sizeZ()});
        row.put("heading", box.heading());
        return row;
    }

    private Map<String, Object> labelled(int label) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("class", label >= 0 && label < classes.count() ? classes.names().get(label) : "");
        row.put("label", label);
        return row;
    }
}
