package org.scenecontexts.engine.cpu.dense;

/**
 * What is done to matrices column by column, over a range of rows, on one thread, in plain Java.
 *
 * <p>Every loop takes the first column that it does, {@code fromColumn}: the vector version does the columns that fill
 * whole vectors and leaves the rest to this one. Rows are walked outside, columns inside, so that memory is read in order.
 */
public class ColumnLoops {

    private final boolean fused;

    /**
     * @param fused whether multiply-adds of batch norm are rounded once, as vectors round them: bit for bit what the vector
     *     version computes, and to be used where the processor has the instruction, since Java computes it slowly elsewhere
     */
    public ColumnLoops(boolean fused) {
        this.fused = fused;
    }

    private float multiplyAdd(float a, float b, float c) {
        return fused ? Math.fma(a, b, c) : a * b + c;
    }

    /** {@code out = x + row}. */
    public void addRow(int fromRow, int toRow, int fromColumn, int columns, float[] x, float[] row, float[] out) {
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < columns; j++) {
                out[at + j] = x[at + j] + row[j];
            }
        }
    }

    /** {@code sums[offset + j] = sum of column j}. */
    public void sums(int fromRow, int toRow, int fromColumn, int columns, float[] x, float[] sums, int offset) {
        clear(fromColumn, columns, sums, offset);
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < columns; j++) {
                sums[offset + j] += x[at + j];
            }
        }
    }

    /**
     * {@code sums[offset + j] = sum of (x - centre)}, and of its square at {@code offset + columns + j}.
     *
     * @param centreOffset where the centres of the columns lie in {@code sums}
     */
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
                sums[squares + j] = multiplyAdd(d, d, sums[squares + j]);
            }
        }
    }

    /** {@code out = relu?((x - mean) * scale + shift + residual?)}. */
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
                float v = multiplyAdd(x[at + j] - mean[j], scale[j], shift[j]);
                if (adds) {
                    v += residual[at + j];
                }
                out[at + j] = relu && v < 0 ? 0 : v;
            }
        }
    }

    /**
     * First pass of a batch norm's gradient: {@code sums[offset + j]} is the sum of g and {@code sums[offset + columns + j]}
     * that of {@code g * (x - mean)}, where g is the gradient behind the activation.
     *
     * @param masked g, written for the second pass; an empty array where nobody wants it
     */
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
                sums[products + j] = multiplyAdd(g, x[at + j] - mean[j], sums[products + j]);
            }
        }
    }

    /**
     * Second pass: {@code gradIn = a g - (x - mean) c - d}, where g is the gradient behind the activation.
     *
     * @param factors a, c and d of all columns, one after the other
     */
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
                gradIn[at + j] = factors[j] * g - multiplyAdd(x[at + j] - mean[j], factors[c + j], factors[d + j]);
            }
        }
    }

    /** Sets the columns of a block to zero in one row of sums. */
    protected static void clear(int fromColumn, int columns, float[] sums, int offset) {
        java.util.Arrays.fill(sums, offset + fromColumn, offset + columns, 0f);
    }
}
