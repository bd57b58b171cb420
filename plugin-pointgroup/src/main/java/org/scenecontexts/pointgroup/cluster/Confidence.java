package org.scenecontexts.pointgroup.cluster;

import java.util.Arrays;

/**
 * How sure a cluster is of its class: one number from what its points say about that class (REFERENCE 7.4 step 5).
 *
 * @since 0.2
 */
public enum Confidence {
    /** The mean probability (softmax) of the class: 0 to 1. */
    PROBABILITY {
        @Override
        float of(float[] scores, int first, int classes, int label) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(scores[first + c] - scores[first + label]);
            }
            return (float) (1 / sum);
        }
    },
    /** The mean raw score, as in the published validation: neither bounded nor a probability (REFERENCE 12.1 Q13). */
    MEAN,
    /** The median raw score, the lower of the two in the middle, as in the published benchmark runs. */
    LOWER_MEDIAN {
        @Override
        double over(float[] values) {
            float[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted[(sorted.length - 1) / 2];
        }
    };

    /**
     * What one point says.
     *
     * @param scores raw scores; those of the point are {@code first .. first + classes - 1}
     */
    float of(float[] scores, int first, int classes, int label) {
        return scores[first + label];
    }

    /** What all points say together; at least one. */
    double over(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
