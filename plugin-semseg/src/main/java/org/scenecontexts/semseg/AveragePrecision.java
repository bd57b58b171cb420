package org.scenecontexts.semseg;

import java.util.Arrays;

/**
 * Average precision of classes, which tells how well scores rank the points of a class, where IoU only asks for the best class
 * (REFERENCE 6.3): per scene the area under the precision-recall steps of a class against all others, by the probability of
 * the class (softmax), and the mean over the scenes that have the class.
 *
 * <p>Points of one probability are one step. Points whose true label is no class are left out.
 *
 * @since 0.2
 */
public final class AveragePrecision {

    private final int classes;
    private final double[] sums;
    private final int[] scenes;

    /** @param classes number of classes, at least 1 */
    public AveragePrecision(int classes) {
        this.classes = classes;
        this.sums = new double[classes];
        this.scenes = new int[classes];
    }

    /**
     * Takes one scene.
     *
     * @param truth {@code [M]}; negative where there is no class
     * @param scores raw, {@code [M, K]}
     * @throws IllegalArgumentException when there is not one score per label and class
     */
    public void add(int[] truth, float[] scores) {
        if (scores.length != (long) truth.length * classes) {
            throw new IllegalArgumentException("one score per label and class expected: " + truth.length + " labels, "
                    + classes + " classes, " + scores.length + " scores");
        }
        int[] labelled = java.util.stream.IntStream.range(0, truth.length)
                .filter(i -> truth[i] >= 0 && truth[i] < classes)
                .toArray();
        double[] norms = norms(labelled, scores);
        long[] keys = new long[labelled.length];
        for (int c = 0; c < classes; c++) {
            long positives = 0;
            for (int i = 0; i < labelled.length; i++) {
                float probability = (float) Math.exp(scores[labelled[i] * classes + c] - norms[i]);
                boolean member = truth[labelled[i]] == c;
                positives += member ? 1 : 0;
                // Bits of numbers that are not negative are in the order of the numbers.
                keys[i] = (long) Float.floatToIntBits(probability) << 1 | (member ? 1 : 0);
            }
            if (positives > 0) {
                Arrays.sort(keys);
                sums[c] += area(keys, positives);
                scenes[c]++;
            }
        }
    }

    /** For each row the logarithm of the sum of the exponentials of its scores. */
    private double[] norms(int[] rows, float[] scores) {
        double[] norms = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int first = rows[i] * classes;
            float most = scores[first];
            for (int c = 1; c < classes; c++) {
                most = Math.max(most, scores[first + c]);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(scores[first + c] - most);
            }
            norms[i] = most + Math.log(sum);
        }
        return norms;
    }

    /** Sum over the distinct probabilities, from the highest, of precision times what recall gains. */
    private static double area(long[] ascending, long positives) {
        double area = 0;
        long found = 0;
        int end = ascending.length;
        while (end > 0) {
            long probability = ascending[end - 1] >> 1;
            long before = found;
            int taken = end;
            while (taken > 0 && ascending[taken - 1] >> 1 == probability) {
                taken--;
                found += ascending[taken] & 1;
            }
            end = taken;
            area += (double) found / (ascending.length - end) * (found - before) / positives;
        }
        return area;
    }

    /** Of one class, 0 to 1; NaN where no scene has it. */
    public double of(int label) {
        return scenes[label] == 0 ? Double.NaN : sums[label] / scenes[label];
    }

    /** Mean over the classes that some scene has; NaN without any. */
    public double mean() {
        return java.util.stream.IntStream.range(0, classes)
                .mapToDouble(this::of)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
