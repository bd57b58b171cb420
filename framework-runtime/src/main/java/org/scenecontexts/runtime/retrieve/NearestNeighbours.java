package org.scenecontexts.runtime.retrieve;

import java.util.Arrays;
import org.scenecontexts.api.engine.Parallel;

/**
 * Looks up the rows of a labelled bank that point in the most similar direction: what a classifier without training knows.
 *
 * <p>Every query is compared with every row, in the order of the bank, so that the result does not depend on threads.
 */
final class NearestNeighbours {

    private static final int CHUNK = 64;

    private final float[] bank;
    private final int channels;
    private final int[] labels;
    private final Parallel parallel;

    /**
     * @param features {@code [B, C]}, row-major; rows of length 0 are like nothing
     * @param labels {@code [B]}, class of every row
     */
    NearestNeighbours(float[] features, int channels, int[] labels, Parallel parallel) {
        this.bank = normalized(features, channels);
        this.channels = channels;
        this.labels = labels.clone();
        this.parallel = parallel;
    }

    /**
     * What lies nearest to some queries, nearest first; of equally near rows the earlier.
     *
     * @param labels {@code [Q][K]}
     * @param cosines {@code [Q][K]}, -1 to 1
     */
    record Found(int[][] labels, float[][] cosines) {

        /**
         * The class with the most votes, of which a neighbour of cosine c has {@code exp(c / temperature)}.
         *
         * @param among how many of the nearest vote; all of a bank that has fewer rows
         */
        int vote(int query, int among, int classes, double temperature) {
            double[] votes = new double[classes];
            for (int i = 0; i < Math.min(among, labels[query].length); i++) {
                // Relative to the nearest, so that no vote is infinite.
                votes[labels[query][i]] += Math.exp((cosines[query][i] - cosines[query][0]) / temperature);
            }
            int best = 0;
            for (int k = 1; k < classes; k++) {
                best = votes[k] > votes[best] ? k : best;
            }
            return best;
        }

        /** Whether one of the nearest few is of a class. */
        boolean hit(int query, int label, int among) {
            return Arrays.stream(labels[query], 0, Math.min(among, labels[query].length))
                    .anyMatch(found -> found == label);
        }
    }

    /**
     * Looks up queries.
     *
     * @param features {@code [Q, C]}, row-major
     * @param neighbours K; all of a bank that has fewer rows
     */
    Found lookUp(float[] features, int neighbours) {
        int queries = features.length / channels;
        int k = Math.min(neighbours, labels.length);
        int[][] found = new int[queries][k];
        float[][] cosines = new float[queries][k];
        float[] unit = normalized(features, channels);
        parallel.rows(queries, CHUNK, (from, to) -> {
            for (int q = from; q < to; q++) {
                nearest(unit, q, found[q], cosines[q]);
            }
        });
        return new Found(found, cosines);
    }

    private void nearest(float[] queries, int q, int[] found, float[] cosines) {
        int filled = 0;
        for (int row = 0; row < labels.length; row++) {
            float cosine = dot(queries, q * channels, row * channels);
            int at = filled;
            while (at > 0 && cosines[at - 1] < cosine) {
                at--;
            }
            if (at < found.length) {
                int moved = Math.min(filled, found.length - 1) - at;
                System.arraycopy(found, at, found, at + 1, moved);
                System.arraycopy(cosines, at, cosines, at + 1, moved);
                found[at] = labels[row];
                cosines[at] = cosine;
                filled = Math.min(filled + 1, found.length);
            }
        }
    }

    private float dot(float[] queries, int query, int row) {
        float sum = 0;
        for (int c = 0; c < channels; c++) {
            sum += queries[query + c] * bank[row + c];
        }
        return sum;
    }

    private static float[] normalized(float[] features, int channels) {
        float[] unit = features.clone();
        for (int from = 0; from < unit.length; from += channels) {
            double squares = 0;
            for (int c = 0; c < channels; c++) {
                squares += (double) unit[from + c] * unit[from + c];
            }
            double length = Math.sqrt(squares);
            for (int c = 0; c < channels && length > 0; c++) {
                unit[from + c] = (float) (unit[from + c] / length);
            }
        }
        return unit;
    }
}
