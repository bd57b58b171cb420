package org.scenecontexts.runtime.engine.dense;

/**
 * The plain column loops with every multiply-add rounded once, as vectors round it: bit for bit what their vector twin
 * computes. To be used where the processor has the instruction; elsewhere Java computes it in software, slowly.
 *
 * @since 0.1
 */
public class FusedColumnLoops extends ColumnLoops {

    @Override
    public void centredSums(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            float[] x,
            float[] sums,
            int centreOffset,
            int offset) {
        int squares = offset + columns;
        clear(fromColumn, columns, sums, offset);
        clear(fromColumn, columns, sums, squares);
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < columns; j++) {
                float d = x[at + j] - sums[centreOffset + j];
                sums[offset + j] += d;
                sums[squares + j] = Math.fma(d, d, sums[squares + j]);
            }
        }
    }

    @Override
    public void normalize(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] residual,
            boolean relu,
            float[] out) {
        boolean adds = residual.length > 0;
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < columns; j++) {
                float v = Math.fma(x[at + j] - mean[j], scale[j], shift[j]);
                if (adds) {
                    v += residual[at + j];
                }
                out[at + j] = relu && v < 0 ? 0 : v;
            }
        }
    }

    @Override
    public void normSums(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            boolean relu,
            float[] masked,
            float[] sums,
            int offset) {
        int products = offset + columns;
        clear(fromColumn, columns, sums, offset);
        clear(fromColumn, columns, sums, products);
        boolean writes = masked.length > 0;
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < columns; j++) {
                float g = relu && !(y[at + j] > 0) ? 0 : gradOut[at + j];
                if (writes) {
                    masked[at + j] = g;
                }
                sums[offset + j] += g;
                sums[products + j] = Math.fma(g, x[at + j] - mean[j], sums[products + j]);
            }
        }
    }

    @Override
    public void normGradient(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            boolean relu,
            float[] factors,
            float[] gradIn) {
        int c = columns;
        int d = 2 * columns;
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < columns; j++) {
                float g = relu && !(y[at + j] > 0) ? 0 : gradOut[at + j];
                float mixed = Math.fma(x[at + j] - mean[j], factors[c + j], factors[d + j]);
                gradIn[at + j] = factors[j] * g - mixed;
            }
        }
    }
}
