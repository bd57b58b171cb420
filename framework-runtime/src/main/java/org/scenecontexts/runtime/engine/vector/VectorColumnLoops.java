package org.scenecontexts.runtime.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
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
        // Four loops rather than one with conditions: vectors that meet at a branch may end up as objects.
        if (residual.length > 0) {
            if (relu) {
                normalizeAddRelu(b, end, x, mean, scale, shift, residual, out);
            } else {
                normalizeAdd(b, end, x, mean, scale, shift, residual, out);
            }
        } else if (relu) {
            normalizeRelu(b, end, x, mean, scale, shift, out);
        } else {
            normalizeOnly(b, end, x, mean, scale, shift, out);
        }
        if (end < b.toColumn()) {
            super.normalize(b.right(end), x, mean, scale, shift, residual, relu, out);
        }
    }

    private static void normalizeOnly(
            Block b, int end, float[] x, float[] mean, float[] scale, float[] shift, float[] out) {
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, scale, j), FloatVector.fromArray(F, shift, j))
                        .intoArray(out, at + j);
            }
        }
    }

    private static void normalizeRelu(
            Block b, int end, float[] x, float[] mean, float[] scale, float[] shift, float[] out) {
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                FloatVector v = FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, scale, j), FloatVector.fromArray(F, shift, j));
                v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(out, at + j);
            }
        }
    }

    private static void normalizeAdd(
            Block b,
            int end,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] residual,
            float[] out) {
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, scale, j), FloatVector.fromArray(F, shift, j))
                        .add(FloatVector.fromArray(F, residual, at + j))
                        .intoArray(out, at + j);
            }
        }
    }

    private static void normalizeAddRelu(
            Block b,
            int end,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] residual,
            float[] out) {
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                FloatVector v = FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, scale, j), FloatVector.fromArray(F, shift, j))
                        .add(FloatVector.fromArray(F, residual, at + j));
                v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(out, at + j);
            }
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
                maskedSums(b, end, x, y, gradOut, mean, masked, sums, offset);
            } else {
                reluSums(b, end, x, y, gradOut, mean, sums, offset);
            }
        } else {
            if (masked.length > 0 && masked != gradOut) {
                for (int i = b.fromRow(); i < b.toRow(); i++) {
                    System.arraycopy(gradOut, i * b.columns(), masked, i * b.columns(), end);
                }
            }
            plainSums(b, end, x, gradOut, mean, sums, offset);
        }
        if (end < b.toColumn()) {
            super.normSums(b.right(end), x, y, gradOut, mean, relu, masked, sums, offset);
        }
    }

    private static void plainSums(
            Block b, int end, float[] x, float[] gradOut, float[] mean, float[] sums, int offset) {
        int products = offset + b.columns();
        int step = b.columns();
        int i = b.fromRow();
        for (; i + 3 < b.toRow(); i += 4) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, mean, j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector product = FloatVector.fromArray(F, sums, products + j);
                FloatVector g0 = FloatVector.fromArray(F, gradOut, at);
                sum = sum.add(g0);
                product = g0.fma(FloatVector.fromArray(F, x, at).sub(centre), product);
                FloatVector g1 = FloatVector.fromArray(F, gradOut, at + step);
                sum = sum.add(g1);
                product = g1.fma(FloatVector.fromArray(F, x, at + step).sub(centre), product);
                FloatVector g2 = FloatVector.fromArray(F, gradOut, at + 2 * step);
                sum = sum.add(g2);
                product = g2.fma(FloatVector.fromArray(F, x, at + 2 * step).sub(centre), product);
                FloatVector g3 = FloatVector.fromArray(F, gradOut, at + 3 * step);
                sum = sum.add(g3);
                product = g3.fma(FloatVector.fromArray(F, x, at + 3 * step).sub(centre), product);
                sum.intoArray(sums, offset + j);
                product.intoArray(sums, products + j);
            }
        }
        for (; i < b.toRow(); i++) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, mean, j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector product = FloatVector.fromArray(F, sums, products + j);
                FloatVector g0 = FloatVector.fromArray(F, gradOut, at);
                sum = sum.add(g0);
                product = g0.fma(FloatVector.fromArray(F, x, at).sub(centre), product);
                sum.intoArray(sums, offset + j);
                product.intoArray(sums, products + j);
            }
        }
    }

    private static void reluSums(
            Block b, int end, float[] x, float[] y, float[] gradOut, float[] mean, float[] sums, int offset) {
        int products = offset + b.columns();
        FloatVector zero = FloatVector.zero(F);
        int step = b.columns();
        int i = b.fromRow();
        for (; i + 3 < b.toRow(); i += 4) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, mean, j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector product = FloatVector.fromArray(F, sums, products + j);
                VectorMask<Float> open0 = FloatVector.fromArray(F, y, at).compare(VectorOperators.GT, 0f);
                FloatVector g0 = zero.blend(FloatVector.fromArray(F, gradOut, at), open0);
                sum = sum.add(g0);
                product = g0.fma(FloatVector.fromArray(F, x, at).sub(centre), product);
                VectorMask<Float> open1 = FloatVector.fromArray(F, y, at + step).compare(VectorOperators.GT, 0f);
                FloatVector g1 = zero.blend(FloatVector.fromArray(F, gradOut, at + step), open1);
                sum = sum.add(g1);
                product = g1.fma(FloatVector.fromArray(F, x, at + step).sub(centre), product);
                VectorMask<Float> open2 = FloatVector.fromArray(F, y, at + 2 * step).compare(VectorOperators.GT, 0f);
                FloatVector g2 = zero.blend(FloatVector.fromArray(F, gradOut, at + 2 * step), open2);
                sum = sum.add(g2);
                product = g2.fma(FloatVector.fromArray(F, x, at + 2 * step).sub(centre), product);
                VectorMask<Float> open3 = FloatVector.fromArray(F, y, at + 3 * step).compare(VectorOperators.GT, 0f);
                FloatVector g3 = zero.blend(FloatVector.fromArray(F, gradOut, at + 3 * step), open3);
                sum = sum.add(g3);
                product = g3.fma(FloatVector.fromArray(F, x, at + 3 * step).sub(centre), product);
                sum.intoArray(sums, offset + j);
                product.intoArray(sums, products + j);
            }
        }
        for (; i < b.toRow(); i++) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, mean, j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector product = FloatVector.fromArray(F, sums, products + j);
                VectorMask<Float> open0 = FloatVector.fromArray(F, y, at).compare(VectorOperators.GT, 0f);
                FloatVector g0 = zero.blend(FloatVector.fromArray(F, gradOut, at), open0);
                sum = sum.add(g0);
                product = g0.fma(FloatVector.fromArray(F, x, at).sub(centre), product);
                sum.intoArray(sums, offset + j);
                product.intoArray(sums, products + j);
            }
        }
    }

    private static void maskedSums(
            Block b, int end, float[] x, float[] y, float[] gradOut, float[] mean, float[] masked, float[] sums, int offset) {
        int products = offset + b.columns();
        FloatVector zero = FloatVector.zero(F);
        int step = b.columns();
        int i = b.fromRow();
        for (; i + 3 < b.toRow(); i += 4) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, mean, j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector product = FloatVector.fromArray(F, sums, products + j);
                VectorMask<Float> open0 = FloatVector.fromArray(F, y, at).compare(VectorOperators.GT, 0f);
                FloatVector g0 = zero.blend(FloatVector.fromArray(F, gradOut, at), open0);
                g0.intoArray(masked, at);
                sum = sum.add(g0);
                product = g0.fma(FloatVector.fromArray(F, x, at).sub(centre), product);
                VectorMask<Float> open1 = FloatVector.fromArray(F, y, at + step).compare(VectorOperators.GT, 0f);
                FloatVector g1 = zero.blend(FloatVector.fromArray(F, gradOut, at + step), open1);
                g1.intoArray(masked, at + step);
                sum = sum.add(g1);
                product = g1.fma(FloatVector.fromArray(F, x, at + step).sub(centre), product);
                VectorMask<Float> open2 = FloatVector.fromArray(F, y, at + 2 * step).compare(VectorOperators.GT, 0f);
                FloatVector g2 = zero.blend(FloatVector.fromArray(F, gradOut, at + 2 * step), open2);
                g2.intoArray(masked, at + 2 * step);
                sum = sum.add(g2);
                product = g2.fma(FloatVector.fromArray(F, x, at + 2 * step).sub(centre), product);
                VectorMask<Float> open3 = FloatVector.fromArray(F, y, at + 3 * step).compare(VectorOperators.GT, 0f);
                FloatVector g3 = zero.blend(FloatVector.fromArray(F, gradOut, at + 3 * step), open3);
                g3.intoArray(masked, at + 3 * step);
                sum = sum.add(g3);
                product = g3.fma(FloatVector.fromArray(F, x, at + 3 * step).sub(centre), product);
                sum.intoArray(sums, offset + j);
                product.intoArray(sums, products + j);
            }
        }
        for (; i < b.toRow(); i++) {
            for (int j = b.fromColumn(), at = i * step + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, mean, j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector product = FloatVector.fromArray(F, sums, products + j);
                VectorMask<Float> open0 = FloatVector.fromArray(F, y, at).compare(VectorOperators.GT, 0f);
                FloatVector g0 = zero.blend(FloatVector.fromArray(F, gradOut, at), open0);
                g0.intoArray(masked, at);
                sum = sum.add(g0);
                product = g0.fma(FloatVector.fromArray(F, x, at).sub(centre), product);
                sum.intoArray(sums, offset + j);
                product.intoArray(sums, products + j);
            }
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
            reluGradient(b, end, x, y, gradOut, mean, factors, gradIn);
        } else {
            plainGradient(b, end, x, gradOut, mean, factors, gradIn);
        }
        if (end < b.toColumn()) {
            super.normGradient(b.right(end), x, y, gradOut, mean, relu, factors, gradIn);
        }
    }

    private static void plainGradient(
            Block b, int end, float[] x, float[] gradOut, float[] mean, float[] factors, float[] gradIn) {
        int c = b.columns();
        int d = 2 * c;
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * c;
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                FloatVector mixed = FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, factors, c + j), FloatVector.fromArray(F, factors, d + j));
                FloatVector.fromArray(F, gradOut, at + j)
                        .mul(FloatVector.fromArray(F, factors, j))
                        .sub(mixed)
                        .intoArray(gradIn, at + j);
            }
        }
    }

    private static void reluGradient(
            Block b, int end, float[] x, float[] y, float[] gradOut, float[] mean, float[] factors, float[] gradIn) {
        int c = b.columns();
        int d = 2 * c;
        FloatVector zero = FloatVector.zero(F);
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * c;
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                FloatVector mixed = FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, factors, c + j), FloatVector.fromArray(F, factors, d + j));
                VectorMask<Float> open = FloatVector.fromArray(F, y, at + j).compare(VectorOperators.GT, 0f);
                zero.blend(FloatVector.fromArray(F, gradOut, at + j), open)
                        .mul(FloatVector.fromArray(F, factors, j))
                        .sub(mixed)
                        .intoArray(gradIn, at + j);
            }
        }
    }
}
