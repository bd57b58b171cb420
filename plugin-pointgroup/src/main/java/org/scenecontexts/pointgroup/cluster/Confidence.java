package org.scenecontexts.pointgroup.cluster;

import java.util.Arrays;

/**
 * How sure a cluster is of its class: one number from the scores that its points give to that class (REFERENCE 7.4 step 5).
 *
 * @since 0.2
 */
public enum Confidence {
    /** Their mean, as in the published validation. */
    MEAN {
        @Override
        double of(float[] scores) {
            double sum = 0;
            for (float score : scores) {
                sum += score;
            }
            return sum / scores.length;
        }
    },
    /** Their median, the lower of the two in the middle, as in the published benchmark runs. */
    LOWER_MEDIAN {
        @Override
        double of(float[] scores) {
            float[] sorted = scores.clone();
            Arrays.sort(sorted);
            return sorted[(sorted.length - 1) / 2];
        }
    };

    /** @param scores at least one */
    abstract double of(float[] scores);
}
