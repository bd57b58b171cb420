package org.scenecontexts.votenet.ap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;

/**
 * All detections of one class with the true box that each overlaps most, over all scenes: what precision and recall at any
 * threshold are counted from (REFERENCE 8.6).
 */
final class Detections {

    /** One detection; the true box is a number over all scenes, -1 where the scene has none of the class. */
    private record Found(double score, double overlap, int truth) {}

    private final List<Found> all = new ArrayList<>();
    private int truths;

    /** Takes the boxes of one scene that have this class. */
    void add(List<Box> truth, List<ScoredBox> found, ToDoubleBiFunction<Box, Box> iou) {
        for (ScoredBox box : found) {
            double best = Double.NEGATIVE_INFINITY;
            int match = -1;
            for (int i = 0; i < truth.size(); i++) {
                double overlap = iou.applyAsDouble(box.box(), truth.get(i));
                if (overlap > best) {
                    best = overlap;
                    match = truths + i;
                }
            }
            all.add(new Found(box.score(), best, match));
        }
        truths += truth.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int truths() {
        return truths;
    }

    /**
     * Goes through the detections from the surest on: right is the first that overlaps a true box by more than a threshold,
     * where that true box is the one it overlaps most; equal scores in the order of the scenes.
     */
    PrecisionRecall at(double threshold) {
        List<Found> sorted = all.stream()
                .sorted(Comparator.comparingDouble(Found::score).reversed())
                .toList();
        boolean[] used = new boolean[truths];
        double[] precision = new double[sorted.size()];
        double[] recall = new double[sorted.size()];
        int right = 0;
        for (int i = 0; i < precision.length; i++) {
            Found found = sorted.get(i);
            if (found.overlap > threshold && !used[found.truth]) {
                used[found.truth] = true;
                right++;
            }
            precision[i] = right / (double) (i + 1);
            recall[i] = right / (double) truths;
        }
        return new PrecisionRecall(precision, recall);
    }
}
