package org.scenecontexts.pointnet2.kernel;

/**
 * The nearest rows of one scene among rows of many columns, where no grid helps: every row is looked at, a block of them at
 * a time and column by column, so that the machine works on several rows at once.
 */
final class FeatureSearch {

    private static final int BLOCK = 512;

    private final int first;
    private final int n;
    private final int columns;

    /** By column, {@code [columns, n]}. */
    private final float[] byColumn;

    FeatureSearch(float[] values, int columns, int first, int n) {
        this.first = first;
        this.n = n;
        this.columns = columns;
        byColumn = new float[n * columns];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < columns; c++) {
                byColumn[c * n + i] = values[(first + i) * columns + c];
            }
        }
    }

    /** Answers the queries of rows {@code from .. to-1}. */
    void run(float[] queries, int from, int to, NearestMany best, int[] index, float[] squared, int at) {
        float[] sums = new float[BLOCK];
        for (int q = from; q < to; q++) {
            best.clear(first);
            for (int block = 0; block < n; block += BLOCK) {
                int size = Math.min(BLOCK, n - block);
                distances(queries, q * columns, block, size, sums);
                for (int i = 0; i < size; i++) {
                    if (!(sums[i] > best.worst())) {
                        best.offer(sums[i], first + block + i);
                    }
                }
            }
            best.write(q, index, squared, at);
        }
    }

    private void distances(float[] queries, int query, int block, int size, float[] sums) {
        java.util.Arrays.fill(sums, 0, size, 0f);
        for (int c = 0; c < columns; c++) {
            float value = queries[query + c];
            int column = c * n + block;
            for (int i = 0; i < size; i++) {
                float d = value - byColumn[column + i];
                sums[i] += d * d;
            }
        }
    }
}
