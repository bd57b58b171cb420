package org.scenecontexts.runtime.engine.dense;

/**
 * What is done to matrices column by column, over a range of rows, on one thread, in plain Java.
 *
 * <p>Every loop takes a range of columns too: the vector version does the columns that fill whole vectors and leaves the
 * rest to this one. Rows are walked outside, columns inside, so that memory is read in order.
 */
public class ColumnLoops {

    /** Position of a row range and a column range in row-major {@code [*, columns]} matrices. */
    public record Block(int fromRow, int toRow, int fromColumn, int toColumn, int columns) {
        /** The same rows, all columns. */
        static Block rows(int from, int to, int columns) {
            return new Block(from, to, 0, columns, columns);
        }

        /** The first rows, at most so many. */
        Block top(int rows) {
            return new Block(fromRow, Math.min(toRow, fromRow + rows), fromColumn, toColumn, columns);
        }

        /** The same rows, the columns from this one on. */
        public Block right(int from) {
            return new Block(fromRow, toRow, from, toColumn, columns);
        }

        public int rows() {
            return toRow - fromRow;
        }
    }

    /** {@code out = x + row}. */
    public void addRow(Block b, float[] x, float[] row, float[] out) {
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < b.toColumn(); j++) {
                out[at + j] = x[at + j] + row[j];
            }
        }
    }

    /** {@code sums[offset + j] = sum of column j}. */
    public void sums(Block b, float[] x, float[] sums, int offset) {
        clear(b, sums, offset);
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < b.toColumn(); j++) {
                sums[offset + j] += x[at + j];
            }
        }
    }

    /**
     * {@code sums[offset + j] = sum of (x - centre)}, and of its square at {@code offset + columns + j}.
     *
     * @param centreOffset where the centres of the columns lie in {@code sums}
     */
    public void centredSums(Block b, float[] x, float[] sums, int centreOffset, int offset) {
        int squares = offset + b.columns();
        clear(b, sums, offset);
        clear(b, sums, squares);
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < b.toColumn(); j++) {
                float d = x[at + j] - sums[centreOffset + j];
                sums[offset + j] += d;
                sums[squares + j] += d * d;
            }
        }
    }

    /** {@code out = relu?((x - mean) * scale + shift + residual?)}. */
    public void normalize(
            Block b,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] residual,
            boolean relu,
            float[] out) {
        boolean adds = residual.length > 0;
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < b.toColumn(); j++) {
                float v = (x[at + j] - mean[j]) * scale[j] + shift[j];
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
            Block b,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            boolean relu,
            float[] masked,
            float[] sums,
            int offset) {
        int products = offset + b.columns();
        clear(b, sums, offset);
        clear(b, sums, products);
        boolean writes = masked.length > 0;
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < b.toColumn(); j++) {
                float g = relu && !(y[at + j] > 0) ? 0 : gradOut[at + j];
                if (writes) {
                    masked[at + j] = g;
                }
                sums[offset + j] += g;
                sums[products + j] += g * (x[at + j] - mean[j]);
            }
        }
    }

    /**
     * Second pass: {@code gradIn = a g - (x - mean) c - d}, where g is the gradient behind the activation.
     *
     * @param factors a, c and d of all columns, one after the other
     */
    public void normGradient(
            Block b,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            boolean relu,
            float[] factors,
            float[] gradIn) {
        int c = b.columns();
        int d = 2 * c;
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < b.toColumn(); j++) {
                float g = relu && !(y[at + j] > 0) ? 0 : gradOut[at + j];
                gradIn[at + j] = factors[j] * g - ((x[at + j] - mean[j]) * factors[c + j] + factors[d + j]);
            }
        }
    }

    /** Sets the columns of a block to zero in one row of sums. */
    protected static void clear(Block b, float[] sums, int offset) {
        java.util.Arrays.fill(sums, offset + b.fromColumn(), offset + b.toColumn(), 0f);
    }
}
