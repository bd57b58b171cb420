package org.scenecontexts.pointgroup.ap;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;

/**
 * Notices that task and benchmark have different lists of classes without objects, which either hides objects that were found or
 * counts objects that nobody looked for. A benchmark does not know the task, but sees what it gives.
 */
final class StuffCheck {

    private final SceneClasses classes;
    private final Set<Integer> stuff;
    private final int enough;
    private final Consumer<String> warnings;
    private final long[] points;

    /**
     * @param stuff classes without objects, for the benchmark
     * @param enough points that could be an object
     * @param warnings told once per class
     */
    StuffCheck(SceneClasses classes, Set<Integer> stuff, int enough, Consumer<String> warnings) {
        this.classes = classes;
        this.stuff = stuff;
        this.enough = enough;
        this.warnings = warnings;
        points = new long[classes.count()];
    }

    /** Takes one scene. */
    void take(ScenePrediction prediction) {
        if (prediction.parts().contains(Prediction.Part.LABELS)) {
            for (int label : prediction.labels().classes()) {
                if (label >= 0) {
                    points[label]++;
                }
            }
        }
    }

    /**
     * Judges what was taken.
     *
     * @param found predicted objects of each class
     * @param objects true objects of a class that count
     */
    void finish(long[] found, IntToLongFunction objects) {
        for (int c = 0; c < found.length; c++) {
            String name = classes.names().get(c);
            if (stuff.contains(c) && found[c] > 0) {
                warnings.accept("'stuff' of instance-ap lists '" + name + "', but the model found " + found[c]
                        + " objects of it, which are not counted; give task and benchmark the same list");
            } else if (!stuff.contains(c) && found[c] == 0 && objects.applyAsLong(c) > 0 && points[c] >= enough) {
                warnings.accept("the model gave " + points[c] + " points the class '" + name
                        + "' but found no object of it; its " + objects.applyAsLong(c)
                        + " true objects count as missed. If 'stuff' of the task lists it, 'stuff' of instance-ap should"
                        + " too");
            }
        }
    }
}
