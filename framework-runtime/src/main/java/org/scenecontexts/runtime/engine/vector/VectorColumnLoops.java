package org.scenecontexts.runtime.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.runtime.engine.dense.ColumnLoops;

/** The column loops on vectors that lie along the rows; columns that do not fill a vector are left to the plain loops. */
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
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                FloatVector.fromArray(F, sums, offset + j)
                        .add(FloatVector.fromArray(F, x, at + j))
                        .intoArray(sums, offset + j);
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
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                FloatVector d =
                        FloatVector.fromArray(F, x, at + j).sub(FloatVector.fromArray(F, sums, centreOffset + j));
                FloatVector.fromArray(F, sums, offset + j).add(d).intoArray(sums, offset + j);
                d.fma(d, FloatVector.fromArray(F, sums, squares + j)).intoArray(sums, squares + j);
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
            Block b, int end, float[] x, float[] mean, float[] scale, float[] shift, float[] residual, float[] out) {
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
            Block b, int end, float[] x, float[] mean, float[] scale, float[] shift, float[] residual, float[] out) {
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
        float[] g = gradOut;
        if (relu) {
            if (masked.length > 0) {
                maskedSums(b, end, x, y, gradOut, mean, masked, sums, offset);
            } else {
                reluSums(b, end, x, y, gradOut, mean, sums, offset);
            }
        } else {
            if (masked.length > 0 && masked != g) {
                for (int i = b.fromRow(); i < b.toRow(); i++) {
                    System.arraycopy(g, i * b.columns(), masked, i * b.columns(), end);
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
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                FloatVector g = FloatVector.fromArray(F, gradOut, at + j);
                FloatVector d = FloatVector.fromArray(F, x, at + j).sub(FloatVector.fromArray(F, mean, j));
                FloatVector.fromArray(F, sums, offset + j).add(g).intoArray(sums, offset + j);
                g.fma(d, FloatVector.fromArray(F, sums, products + j)).intoArray(sums, products + j);
            }
        }
    }

    private static void reluSums(
            Block b, int end, float[] x, float[] y, float[] gradOut, float[] mean, float[] sums, int offset) {
        int products = offset + b.columns();
        FloatVector zero = FloatVector.zero(F);
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                VectorMask<Float> open = FloatVector.fromArray(F, y, at + j).compare(VectorOperators.GT, 0f);
                FloatVector g = zero.blend(FloatVector.fromArray(F, gradOut, at + j), open);
                FloatVector d = FloatVector.fromArray(F, x, at + j).sub(FloatVector.fromArray(F, mean, j));
                FloatVector.fromArray(F, sums, offset + j).add(g).intoArray(sums, offset + j);
                g.fma(d, FloatVector.fromArray(F, sums, products + j)).intoArray(sums, products + j);
            }
        }
    }

    private static void maskedSums(
            Block b,
            int end,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            float[] masked,
            float[] sums,
            int offset) {
        int products = offset + b.columns();
        FloatVector zero = FloatVector.zero(F);
        for (int i = b.fromRow(); i < b.toRow(); i++) {
            int at = i * b.columns();
            for (int j = b.fromColumn(); j < end; j += F.length()) {
                VectorMask<Float> open = FloatVector.fromArray(F, y, at + j).compare(VectorOperators.GT, 0f);
                FloatVector g = zero.blend(FloatVector.fromArray(F, gradOut, at + j), open);
                g.intoArray(masked, at + j);
                FloatVector d = FloatVector.fromArray(F, x, at + j).sub(FloatVector.fromArray(F, mean, j));
                FloatVector.fromArray(F, sums, offset + j).add(g).intoArray(sums, offset + j);
                g.fma(d, FloatVector.fromArray(F, sums, products + j)).intoArray(sums, products + j);
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
