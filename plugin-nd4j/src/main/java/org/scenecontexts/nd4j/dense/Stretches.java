package org.scenecontexts.nd4j.dense;

import org.scenecontexts.api.engine.Parallel;

/**
 * Sums over rows in double precision, which ND4J's reductions of floats do not offer: stretches whose length depends on sizes
 * only are summed apart and added in their order, so that the same bits come from any number of threads.
 */
public final class Stretches {

    /** Numbers of a stretch. */
    public static final int NUMBERS = 1 << 15;

    private Stretches() {}

    /** Rows of so many numbers that make up a stretch. */
    public static int rows(int columns) {
        return Math.max(1, NUMBERS / Math.max(1, columns));
    }

    /** Adds what some rows give. */
    public interface Part {
        /** @param sums read and added to */
        void add(int from, int to, double[] sums);
    }

    /**
     * Sums over a range of rows.
     *
     * @param columns numbers per row, for the length of stretches
     * @param numbers how many sums there are
     */
    public static double[] sum(Parallel parallel, int from, int to, int columns, int numbers, Part part) {
        int stretch = rows(columns);
        int count = Math.max(0, to - from);
        int pieces = (count + stretch - 1) / stretch;
        if (pieces == 1) {
            double[] sums = new double[numbers];
            part.add(from, to, sums);
            return sums;
        }
        double[][] partial = new double[pieces][numbers];
        parallel.run(pieces, p -> part.add(from + p * stretch, Math.min(to, from + (p + 1) * stretch), partial[p]));
        double[] sums = new double[numbers];
        for (double[] piece : partial) {
            for (int j = 0; j < numbers; j++) {
                sums[j] += piece[j];
            }
        }
        return sums;
    }
}
