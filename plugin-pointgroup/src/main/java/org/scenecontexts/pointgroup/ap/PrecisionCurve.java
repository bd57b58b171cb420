package org.scenecontexts.pointgroup.ap;

import java.util.Arrays;

/**
 * The area under ScanNet's curve of precision over recall, which is not VOC's: equal scores make one point, there is no
 * envelope, and an artificial point of precision 1 at recall 0 ends it (REFERENCE 7.5).
 */
final class PrecisionCurve {

    private double[] scores = new double[16];
    private boolean[] hits = new boolean[16];
    private int size;
    private long missed;

    /** Takes a prediction that counts. */
    void add(boolean hit, double score) {
        if (size == scores.length) {
            scores = Arrays.copyOf(scores, 2 * size);
            hits = Arrays.copyOf(hits, 2 * size);
        }
        scores[size] = score;
        hits[size++] = hit;
    }

    /** Takes an object that nobody has found. */
    void miss() {
        missed++;
    }

    /** 0 where no prediction counts; the official script ends with an exception when all of them are ignored. */
    double area() {
        if (size == 0) {
            return 0;
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        long allHits = 0;
        for (int i = 0; i < size; i++) {
            allHits += hits[i] ? 1 : 0;
        }
        double[] precision = new double[size + 1];
        double[] recall = new double[size + 1];
        int points = 0;
        long below = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || scores[order[i]] != scores[order[i - 1]]) {
                double found = allHits - below;
                precision[points] = found / (size - i);
                recall[points++] = found / (allHits + missed);
            }
            below += hits[order[i]] ? 1 : 0;
        }
        precision[points] = 1;
        recall[points++] = 0;
        double area = 0;
        for (int i = 0; i < points; i++) {
            double before = recall[Math.max(0, i - 1)];
            double after = i + 1 < points ? recall[i + 1] : 0;
            area += precision[i] * 0.5 * (before - after);
        }
        return area;
    }
}
