package org.scenecontexts.votenet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.votenet.loss.VotedObjects;

/**
 * The objects of a scene as a detector learns them: their boxes, and for each point where it should vote.
 *
 * <p>Boxes are the scene's; where it has none they are drawn along the axes around its instances (REFERENCE 8.4). A point of
 * an instance votes for the middle of the instance's bounds, another for the middles of up to three boxes around it (REFERENCE
 * 8.5). Objects without a box, as with few boxes per scene, are not voted for.
 */
public final class SceneObjects {

    private final Scene scene;
    private final List<Box> boxes;
    private final VotedObjects voted;

    /**
     * @param scene the sampled points of a scene
     * @param classes those that have boxes
     */
    public SceneObjects(Scene scene, DetectedClasses classes) {
        this.scene = scene;
        Map<Integer, double[]> bounds = bounds();
        boxes = scene.boxes().isEmpty() ? drawn(bounds, classes) : given(classes);
        Set<Integer> wanted = new HashSet<>();
        List<Box> loose = new ArrayList<>();
        for (Box box : boxes) {
            if (bounds.containsKey(box.instance())) {
                wanted.add(box.instance());
            } else {
                loose.add(box);
            }
        }
        Map<Integer, double[]> middles = new TreeMap<>();
        bounds.forEach((instance, b) -> {
            if (wanted.contains(instance)) {
                middles.put(instance, new double[] {(b[0] + b[3]) / 2, (b[1] + b[4]) / 2, (b[2] + b[5]) / 2});
            }
        });
        voted = VotedObjects.of(middles, loose);
    }

    /** The boxes, with labels among the classes that are detected. */
    public List<Box> boxes() {
        return boxes;
    }

    /** What points vote for. */
    VotedObjects voted() {
        return voted;
    }

    /** Lower and upper corner of each instance. */
    private Map<Integer, double[]> bounds() {
        Map<Integer, double[]> bounds = new TreeMap<>();
        int[] instances = scene.instances();
        float[] positions = scene.positions();
        for (int i = 0; i < instances.length; i++) {
            if (instances[i] == Labels.NO_INSTANCE) {
                continue;
            }
            double[] b = bounds.computeIfAbsent(instances[i], instance -> {
                double[] none = new double[6];
                Arrays.fill(none, 0, 3, Double.POSITIVE_INFINITY);
                Arrays.fill(none, 3, 6, Double.NEGATIVE_INFINITY);
                return none;
            });
            for (int axis = 0; axis < 3; axis++) {
                b[axis] = Math.min(b[axis], positions[3 * i + axis]);
                b[3 + axis] = Math.max(b[3 + axis], positions[3 * i + axis]);
            }
        }
        return bounds;
    }

    private List<Box> given(DetectedClasses classes) {
        return scene.boxes().stream()
                .filter(box -> classes.has(box.label()))
                .map(box -> box.withLabel(classes.kind(box.label())))
                .toList();
    }

    private List<Box> drawn(Map<Integer, double[]> bounds, DetectedClasses classes) {
        int[] instances = scene.instances();
        int[] labels = scene.labels();
        Map<Integer, Integer> kindOf = new HashMap<>();
        for (int i = 0; i < Math.min(instances.length, labels.length); i++) {
            if (labels[i] >= 0) {
                kindOf.putIfAbsent(instances[i], classes.kind(labels[i]));
            }
        }
        List<Box> drawn = new ArrayList<>();
        bounds.forEach((instance, b) -> {
            int kind = kindOf.getOrDefault(instance, -1);
            if (kind >= 0) {
                drawn.add(new Box(
                        (b[0] + b[3]) / 2,
                        (b[1] + b[4]) / 2,
                        (b[2] + b[5]) / 2,
                        b[3] - b[0],
                        b[4] - b[1],
                        b[5] - b[2],
                        0,
                        kind,
                        instance));
            }
        });
        return drawn;
    }
}
