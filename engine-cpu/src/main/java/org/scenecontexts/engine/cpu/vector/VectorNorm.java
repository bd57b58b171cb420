package org.scenecontexts.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of batch norm for columns that fill whole vectors, one per combination of residual and activation: vectors that
 * meet at a branch may end up as objects.
 */
final class VectorNorm {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    private VectorNorm() {}

    static void normalizeOnly(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            int end,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] out) {
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < end; j += F.length()) {
                FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, scale, j), FloatVector.fromArray(F, shift, j))
                        .intoArray(out, at + j);
            }
        }
    }

    static void normalizeRelu(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            int end,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] out) {
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < end; j += F.length()) {
                FloatVector v = FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, scale, j), FloatVector.fromArray(F, shift, j));
                v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(out, at + j);
            }
        }
    }

    static void normalizeAdd(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            int end,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] residual,
            float[] out) {
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < end; j += F.length()) {
                FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, scale, j), FloatVector.fromArray(F, shift, j))
                        .add(FloatVector.fromArray(F, residual, at + j))
                        .intoArray(out, at + j);
            }
        }
    }

    static void normalizeAddRelu(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            int end,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] residual,
            float[] out) {
        for (int i = fromRow; i < toRow; i++) {
            int at = i * columns;
            for (int j = fromColumn; j < end; j += F.length()) {
                FloatVector v = FloatVector.fromArray(F, x, at + j)
                        .sub(FloatVector.fromArray(F, mean, j))
                        .fma(FloatVector.fromArray(F, scale, j), FloatVector.fromArray(F, shift, j))
                        .add(FloatVector.fromArray(F, residual, at + j));
                v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(out, at + j);
            }
        }
    }

    static void plainSums(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            int end,
            float[] x,
            float[] gradOut,
            float[] mean,
            float[] sums,
            int offset) {
        int products = offset + columns;
        int i = fromRow;
        for (; i + 3 < toRow; i += 4) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, mean, j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector product = FloatVector.fromArray(F, sums, products + j);
                FloatVector g0 = FloatVector.fromArray(F, gradOut, at);
                sum = sum.add(g0);
                product = g0.fma(FloatVector.fromArray(F, x, at).sub(centre), product);
                FloatVector g1 = FloatVector.fromArray(F, gradOut, at + columns);
                sum = sum.add(g1);
                product = g1.fma(FloatVector.fromArray(F, x, at + columns).sub(centre), product);
                FloatVector g2 = FloatVector.fromArray(F, gradOut, at + 2 * columns);
                sum = sum.add(g2);
                product = g2.fma(FloatVector.fromArray(F, x, at + 2 * columns).sub(centre), product);
                FloatVector g3 = FloatVector.fromArray(F, gradOut, at + 3 * columns);
                sum = sum.add(g3);
                product = g3.fma(FloatVector.fromArray(F, x, at + 3 * columns).sub(centre), product);
                sum.intoArray(sums, offset + j);
                product.intoArray(sums, products + j);
            }
        }
        for (; i < toRow; i++) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
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

    static void reluSums(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            int end,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            float[] sums,
            int offset) {
        int products = offset + columns;
        FloatVector zero = FloatVector.zero(F);
        int i = fromRow;
        for (; i + 3 < toRow; i += 4) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, mean, j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector product = FloatVector.fromArray(F, sums, products + j);
                VectorMask<Float> open0 = FloatVector.fromArray(F, y, at).compare(VectorOperators.GT, 0f);
                FloatVector g0 = zero.blend(FloatVector.fromArray(F, gradOut, at), open0);
                sum = sum.add(g0);
                product = g0.fma(FloatVector.fromArray(F, x, at).sub(centre), product);
                VectorMask<Float> open1 =
                        FloatVector.fromArray(F, y, at + columns).compare(VectorOperators.GT, 0f);
                FloatVector g1 = zero.blend(FloatVector.fromArray(F, gradOut, at + columns), open1);
                sum = sum.add(g1);
                product = g1.fma(FloatVector.fromArray(F, x, at + columns).sub(centre), product);
                VectorMask<Float> open2 =
                        FloatVector.fromArray(F, y, at + 2 * columns).compare(VectorOperators.GT, 0f);
                FloatVector g2 = zero.blend(FloatVector.fromArray(F, gradOut, at + 2 * columns), open2);
                sum = sum.add(g2);
                product = g2.fma(FloatVector.fromArray(F, x, at + 2 * columns).sub(centre), product);
                VectorMask<Float> open3 =
                        FloatVector.fromArray(F, y, at + 3 * columns).compare(VectorOperators.GT, 0f);
                FloatVector g3 = zero.blend(FloatVector.fromArray(F, gradOut, at + 3 * columns), open3);
                sum = sum.add(g3);
                product = g3.fma(FloatVector.fromArray(F, x, at + 3 * columns).sub(centre), product);
                sum.intoArray(sums, offset + j);
                product.intoArray(sums, products + j);
            }
        }
        for (; i < toRow; i++) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
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

    static void maskedSums(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            int end,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            float[] masked,
            float[] sums,
            int offset) {
        int products = offset + columns;
        FloatVector zero = FloatVector.zero(F);
        int i = fromRow;
        for (; i + 3 < toRow; i += 4) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
                FloatVector centre = FloatVector.fromArray(F, mean, j);
                FloatVector sum = FloatVector.fromArray(F, sums, offset + j);
                FloatVector product = FloatVector.fromArray(F, sums, products + j);
                VectorMask<Float> open0 = FloatVector.fromArray(F, y, at).compare(VectorOperators.GT, 0f);
                FloatVector g0 = zero.blend(FloatVector.fromArray(F, gradOut, at), open0);
                g0.intoArray(masked, at);
                sum = sum.add(g0);
                product = g0.fma(FloatVector.fromArray(F, x, at).sub(centre), product);
                VectorMask<Float> open1 =
                        FloatVector.fromArray(F, y, at + columns).compare(VectorOperators.GT, 0f);
                FloatVector g1 = zero.blend(FloatVector.fromArray(F, gradOut, at + columns), open1);
                g1.intoArray(masked, at + columns);
                sum = sum.add(g1);
                product = g1.fma(FloatVector.fromArray(F, x, at + columns).sub(centre), product);
                VectorMask<Float> open2 =
                        FloatVector.fromArray(F, y, at + 2 * columns).compare(VectorOperators.GT, 0f);
                FloatVector g2 = zero.blend(FloatVector.fromArray(F, gradOut, at + 2 * columns), open2);
                g2.intoArray(masked, at + 2 * columns);
                sum = sum.add(g2);
                product = g2.fma(FloatVector.fromArray(F, x, at + 2 * columns).sub(centre), product);
                VectorMask<Float> open3 =
                        FloatVector.fromArray(F, y, at + 3 * columns).compare(VectorOperators.GT, 0f);
                FloatVector g3 = zero.blend(FloatVector.fromArray(F, gradOut, at + 3 * columns), open3);
                g3.intoArray(masked, at + 3 * columns);
                sum = sum.add(g3);
                product = g3.fma(FloatVector.fromArray(F, x, at + 3 * columns).sub(centre), product);
                sum.intoArray(sums, offset + j);
                product.intoArray(sums, products + j);
            }
        }
        for (; i < toRow; i++) {
            for (int j = fromColumn, at = i * columns + j; j < end; j += F.length(), at += F.length()) {
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

    static void plainGradient(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            int end,
            float[] x,
            float[] gradOut,
            float[] mean,
            float[] factors,
            float[] gradIn) {
        int c = columns;
        int d = 2 * columns;
        for (int i = fromRow; i < toRow; i++) {
            int at = i * c;
            for (int j = fromColumn; j < end; j += F.length()) {
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

    static void reluGradient(
            int fromRow,
            int toRow,
            int fromColumn,
            int columns,
            int end,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            float[] factors,
            float[] gradIn) {
        int c = columns;
        int d = 2 * columns;
        FloatVector zero = FloatVector.zero(F);
        for (int i = fromRow; i < toRow; i++) {
            int at = i * c;
            for (int j = fromColumn; j < end; j += F.length()) {
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
