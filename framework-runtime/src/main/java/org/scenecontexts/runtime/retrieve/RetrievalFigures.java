package org.scenecontexts.runtime.retrieve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.runtime.pipeline.RetrieveStage;

/** Counts how often neighbours tell the class of a point. */
final class RetrievalFigures {

    /** How many of the nearest count for the hit rates, as in reports of retrieval. */
    private static final int[] AMONG = {1, 5, 10};

    /** Nearest points that {@link #add} has to be told, whatever number of them votes. */
    static final int NEAREST = 10;

    private final List<String> classes;
    private final int neighbours;
    private final double temperature;
    private final long[] truth;
    private final long[] said;
    private final long[] right;
    private final long[] hits = new long[AMONG.length];

    /**
     * @param neighbours that vote
     * @param temperature of the votes
     */
    RetrievalFigures(List<String> classes, int neighbours, double temperature) {
        this.classes = List.copyOf(classes);
        this.neighbours = neighbours;
        this.temperature = temperature;
        this.truth = new long[classes.size()];
        this.said = new long[classes.size()];
        this.right = new long[classes.size()];
    }

    /** @param labels class of every query */
    void add(NearestNeighbours.Found found, int[] labels) {
        for (int q = 0; q < labels.length; q++) {
            int vote = found.vote(q, neighbours, classes.size(), temperature);
            truth[labels[q]]++;
            said[vote]++;
            right[vote] += vote == labels[q] ? 1 : 0;
            for (int i = 0; i < AMONG.length; i++) {
                hits[i] += found.hit(q, labels[q], AMONG[i]) ? 1 : 0;
            }
        }
    }

    /**
     * Accuracy, mean IoU over the classes that occur or were said, hit rates; all 0 to 1, NaN without queries.
     *
     * @param bank points of each class in the bank
     */
    Report report(long[] bank) {
        double all = IntStream.range(0, truth.length).mapToLong(k -> truth[k]).sum();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(
                RetrieveStage.ACCURACY,
                IntStream.range(0, right.length).mapToLong(k -> right[k]).sum() / all);
        figures.put(
                RetrieveStage.MIOU,
                IntStream.range(0, classes.size())
                        .mapToDouble(this::iou)
                        .filter(value -> !Double.isNaN(value))
                        .average()
                        .orElse(Double.NaN));
        for (int i = 0; i < AMONG.length; i++) {
            figures.put("hit-rate-" + AMONG[i], hits[i] / all);
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int k = 0; k < classes.size(); k++) {
            rows.add(List.of(classes.get(k), iou(k), (double) right[k] / truth[k], truth[k], bank[k]));
        }
        return new Report(
                figures,
                List.of(new Report.Table(
                        "retrieval", List.of("class", "iou", "accuracy", "points", "points in the bank"), rows)));
    }

    private double iou(int label) {
        return (double) right[label] / (truth[label] + said[label] - right[label]);
    }
}
