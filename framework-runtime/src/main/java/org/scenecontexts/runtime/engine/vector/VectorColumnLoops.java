package org.scenecontexts.runtime.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.runtime.engine.dense.ColumnLoops;

/**
 * The column loops on vectors that lie along the rows; columns that do not fill a vector are left to the plain
 * loops. Sums take four rows at a time, so that they are read and written a quarter as often.
 */
final class VectorColumnLoops extends ColumnLoops {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    /** First column that is left to the plain loops. */
    private static int bound(Block b) {
        return b.fromColumn() + F.loopBound(b.toColumn() - b.fromColumn());
    }

    @Override
    public void sums(Block b, float[] x, float[] sums, int offset) {
        int end = bound(b);
        clear(b, sums, offset);
        int step = b.columns();
        int i = b.fromRow();
        for (; i + 3 < b.toRow(); i += 4) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                sum = sum.add(FloatVector.fromArray(F, x, at));
                sum = sum.add(FloatVector.fromArray(F, x, at + step));
                sum = sum.add(FloatVector.fromArray(F, x, at + 2 * step));
                sum = sum.add(FloatVector.fromArray(F, x, at + 3 * step));
                sum.intoArray(sums, offset + j);
            }
        }
        for (; i < b.toRow(); i++) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                sum = sum.add(FloatVector.fromArray(F, x, at));
                sum.intoArray(sums, offset + j);
            }
        }
        if (end < b.toColumn()) {
            super.sums(b.right(end), x, sums, offset);
        }
    }

    @Override
    public void centredSums(Block b, float[] x, float[] sums, int centreOffset, int offset) {
        int end = bound(b);
        int squares = offset + b.columns();
        clear(b, sums, offset);
        clear(b, sums, squares);
        int step = b.columns();
        int i = b.fromRow();
        for (; i + 3 < b.toRow(); i += 4) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, sums, centreOffset + j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector square = FloatVector.fromArray(F, sums, squares + j);
                FloatVector d0 = FloatVector.fromArray(F, x, at).sub(centre);
                sum = sum.add(d0);
                square = d0.fma(d0, square);
                FloatVector d1 = FloatVector.fromArray(F, x, at + step).sub(centre);
                sum = sum.add(d1);
                square = d1.fma(d1, square);
                FloatVector d2 = FloatVector.fromArray(F, x, at + 2 * step).sub(centre);
                sum = sum.add(d2);
                square = d2.fma(d2, square);
                FloatVector d3 = FloatVector.fromArray(F, x, at + 3 * step).sub(centre);
                sum = sum.add(d3);
                square = d3.fma(d3, square);
                sum.intoArray(sums, offset + j);
                square.intoArray(sums, squares + j);
            }
        }
        for (; i < b.toRow(); i++) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
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
        if (end < b.toColumn()) {
            super.centredSums(b.right(end), x, sums, centreOffset, offset);
        }
    }

    @Override
    public void normalize(
            Block b,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] residual,
            boolean relu,
            float[] out) {
        int end = bound(b);
        if (residual.length > 0) {
            if (relu) {
                VectorNorm.normalizeAddRelu(b, end, x, mean, scale, shift, residual, out);
            } else {
                VectorNorm.normalizeAdd(b, end, x, mean, scale, shift, residual, out);
            }
        } else if (relu) {
            VectorNorm.normalizeRelu(b, end, x, mean, scale, shift, out);
        } else {
            VectorNorm.normalizeOnly(b, end, x, mean, scale, shift, out);
        }
        if (end < b.toColumn()) {
            super.normalize(b.right(end), x, mean, scale, shift, residual, relu, out);
        }
    }

    @Override
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
        int end = bound(b);
        clear(b, sums, offset);
        clear(b, sums, offset + b.columns());
        if (relu) {
            if (masked.length > 0) {
                VectorNorm.maskedSums(b, end, x, y, gradOut, mean, masked, sums, offset);
            } else {
                VectorNorm.reluSums(b, end, x, y, gradOut, mean, sums, offset);
            }
        } else {
            if (masked.length > 0 && masked != gradOut) {
                for (int i = b.fromRow(); i < b.toRow(); i++) {
                    System.arraycopy(gradOut, i * b.columns(), masked, i * b.columns(), end);
                }
            }
            VectorNorm.plainSums(b, end, x, gradOut, mean, sums, offset);
        }
        if (end < b.toColumn()) {
            super.normSums(b.right(end), x, y, gradOut, mean, relu, masked, sums, offset);
        }
    }

    @Override
    public void normGradient(
            Block b,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            boolean relu,
            float[] factors,
            float[] gradIn) {
        int end = bound(b);
        if (relu) {
            VectorNorm.reluGradient(b, end, x, y, gradOut, mean, factors, gradIn);
        } else {
            VectorNorm.plainGradient(b, end, x, gradOut, mean, factors, gradIn);
        }
        if (end < b.toColumn()) {
            super.normGradient(b.right(end), x, y, gradOut, mean, relu, factors, gradIn);
        }
    }
}
