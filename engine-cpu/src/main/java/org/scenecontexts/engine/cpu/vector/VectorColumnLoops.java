package org.scenecontexts.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.engine.cpu.dense.ColumnLoops;

/**
 * The column loops on vectors that lie along the rows; columns that do not fill a vector are left to the plain
 * loops. Sums take four rows at a time, so that they are read and written a quarter as often.
 */
final class VectorColumnLoops extends ColumnLoops {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    VectorColumnLoops() {
        super(true);
    }

    /** First column that is left to the plain loops. */
    private static int bound(int fromColumn, int columns) {
        return fromColumn + F.loopBound(columns - fromColumn);
    }

    @Override
    public void sums(int fromRow, int toRow, int fromColumn, int columns, float[] x, float[] sums, int offset) {
        int end = bound(fromColumn, columns);
        clear(fromColumn, columns, sums, offset);
        int i = fromRow;
        for (; i + 3 < toRow; i += 4) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                sum = sum.add(FloatVector.fromArray(F, x, at));
                sum = sum.add(FloatVector.fromArray(F, x, at + columns));
                sum = sum.add(FloatVector.fromArray(F, x, at + 2 * columns));
                sum = sum.add(FloatVector.fromArray(F, x, at + 3 * columns));
                sum.intoArray(sums, offset + j);
            }
        }
        for (; i < toRow; i++) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                sum = sum.add(FloatVector.fromArray(F, x, at));
                sum.intoArray(sums, offset + j);
            }
        }
        if (end < columns) {
            super.sums(fromRow, toRow, end, columns, x, sums, offset);
        }
    }

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
        int end = bound(fromColumn, columns);
        int squares = offset + columns;
        clear(fromColumn, columns, sums, offset);
        clear(fromColumn, columns, sums, squares);
        int i = fromRow;
        for (; i + 3 < toRow; i += 4) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, sums, centreOffset + j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector square = FloatVector.fromArray(F, sums, squares + j);
                FloatVector d0 = FloatVector.fromArray(F, x, at).sub(centre);
                sum = sum.add(d0);
                square = d0.fma(d0, square);
                FloatVector d1 = FloatVector.fromArray(F, x, at + columns).sub(centre);
                sum = sum.add(d1);
                square = d1.fma(d1, square);
                FloatVector d2 = FloatVector.fromArray(F, x, at + 2 * columns).sub(centre);
                sum = sum.add(d2);
                square = d2.fma(d2, square);
                FloatVector d3 = FloatVector.fromArray(F, x, at + 3 * columns).sub(centre);
                sum = sum.add(d3);
                square = d3.fma(d3, square);
                sum.intoArray(sums, offset + j);
                square.intoArray(sums, squares + j);
            }
        }
        for (; i < toRow; i++) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, sums, centreOffset + j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector square = FloatVector.fromArray(F, sums, squares + j);
                FloatVector d0 = FloatVector.fromArray(F, x, at).sub(centre);
                sum = sum.add(d0);
                square = d0.fma(d0, square);
                sum.intoArray(sums, offset + j);
                square.intoArray(sums, squares + j);
            }
        }
        if (end < columns) {
            super.centredSums(fromRow, toRow, end, columns, x, sums, centreOffset, offset);
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
        int end = bound(fromColumn, columns);
        if (residual.length > 0) {
            if (relu) {
                VectorNorm.normalizeAddRelu(
                        fromRow, toRow, fromColumn, columns, end, x, mean, scale, shift, residual, out);
            } else {
                VectorNorm.normalizeAdd(fromRow, toRow, fromColumn, columns, end, x, mean, scale, shift, residual, out);
            }
        } else if (relu) {
            VectorNorm.normalizeRelu(fromRow, toRow, fromColumn, columns, end, x, mean, scale, shift, out);
        } else {
            VectorNorm.normalizeOnly(fromRow, toRow, fromColumn, columns, end, x, mean, scale, shift, out);
        }
        if (end < columns) {
            super.normalize(fromRow, toRow, end, columns, x, mean, scale, shift, residual, relu, out);
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
        int end = bound(fromColumn, columns);
        clear(fromColumn, columns, sums, offset);
        clear(fromColumn, columns, sums, offset + columns);
        if (relu) {
            if (masked.length > 0) {
                VectorNorm.maskedSums(
                        fromRow, toRow, fromColumn, columns, end, x, y, gradOut, mean, masked, sums, offset);
            } else {
                VectorNorm.reluSums(fromRow, toRow, fromColumn, columns, end, x, y, gradOut, mean, sums, offset);
            }
        } else {
            if (masked.length > 0 && masked != gradOut) {
                for (int i = fromRow; i < toRow; i++) {
                    System.arraycopy(gradOut, i * columns, masked, i * columns, end);
                }
            }
            VectorNorm.plainSums(fromRow, toRow, fromColumn, columns, end, x, gradOut, mean, sums, offset);
        }
        if (end < columns) {
            super.normSums(fromRow, toRow, end, columns, x, y, gradOut, mean, relu, masked, sums, offset);
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
        int end = bound(fromColumn, columns);
        if (relu) {
            VectorNorm.reluGradient(fromRow, toRow, fromColumn, columns, end, x, y, gradOut, mean, factors, gradIn);
        } else {
            VectorNorm.plainGradient(fromRow, toRow, fromColumn, columns, end, x, gradOut, mean, factors, gradIn);
        }
        if (end < columns) {
            super.normGradient(fromRow, toRow, end, columns, x, y, gradOut, mean, relu, factors, gradIn);
        }
    }
}
