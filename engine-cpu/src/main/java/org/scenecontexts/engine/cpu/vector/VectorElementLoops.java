package org.scenecontexts.engine.cpu.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.engine.cpu.dense.FusedElementLoops;

/**
 * The elementwise loops on vectors. What the compiler vectorises by itself as well (sums, products, scaling) is inherited;
 * it leaves loops with comparisons, roots and ordered sums scalar.
 */
final class VectorElementLoops extends FusedElementLoops {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

    /** As many floats as {@link #D} has doubles. */
    private static final VectorSpecies<Float> HALF =
            VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

    VectorElementLoops() {
        super(F.length());
    }

    @Override
    public void relu(int from, int to, float[] x, float[] out) {
        int i = from;
        for (int end = from + F.loopBound(to - from); i < end; i += F.length()) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(out, i);
        }
        super.relu(i, to, x, out);
    }

    @Override
    public void reluBackward(int from, int to, float[] y, float[] gradOut, float[] gradIn) {
        FloatVector zero = FloatVector.zero(F);
        int i = from;
        for (int end = from + F.loopBound(to - from); i < end; i += F.length()) {
            FloatVector g = FloatVector.fromArray(F, gradOut, i);
            zero.blend(g, FloatVector.fromArray(F, y, i).compare(VectorOperators.GT, 0f))
                    .intoArray(gradIn, i);
        }
        super.reluBackward(i, to, y, gradOut, gradIn);
    }

    @Override
    public double sum(int from, int to, float[] x) {
        DoubleVector a = DoubleVector.zero(D);
        DoubleVector b = DoubleVector.zero(D);
        int half = D.length();
        int i = from;
        for (int end = to - 2 * half; i <= end; i += 2 * half) {
            a = a.add(FloatVector.fromArray(HALF, x, i).castShape(D, 0));
            b = b.add(FloatVector.fromArray(HALF, x, i + half).castShape(D, 0));
        }
        return ordered(a.add(b)) + rest(i, to, x);
    }

    @Override
    public double sumOfSquares(int from, int to, float[] x) {
        DoubleVector a = DoubleVector.zero(D);
        DoubleVector b = DoubleVector.zero(D);
        int half = D.length();
        int i = from;
        for (int end = to - 2 * half; i <= end; i += 2 * half) {
            DoubleVector v = (DoubleVector) FloatVector.fromArray(HALF, x, i).castShape(D, 0);
            DoubleVector w =
                    (DoubleVector) FloatVector.fromArray(HALF, x, i + half).castShape(D, 0);
            a = v.fma(v, a);
            b = w.fma(w, b);
        }
        return ordered(a.add(b)) + restOfSquares(i, to, x);
    }

    /** Sum of lanes in their order; {@code reduceLanes} leaves the order open, and it differs between compilers. */
    private static double ordered(DoubleVector v) {
        double sum = 0;
        for (double lane : v.toArray()) {
            sum += lane;
        }
        return sum;
    }

    @Override
    public boolean allFinite(int from, int to, float[] x) {
        FloatVector a = FloatVector.zero(F);
        FloatVector b = FloatVector.zero(F);
        int i = from;
        for (int end = to - 2 * F.length(); i <= end; i += 2 * F.length()) {
            a = FloatVector.fromArray(F, x, i).mul(0f).add(a);
            b = FloatVector.fromArray(F, x, i + F.length()).mul(0f).add(b);
        }
        return a.add(b).compare(VectorOperators.EQ, 0f).allTrue() && super.allFinite(i, to, x);
    }

    @Override
    public void sgdMomentum(
            int from,
            int to,
            float[] p,
            float[] g,
            float[] b,
            float rate,
            float keep,
            float take,
            float decay,
            float nesterov) {
        int i = from;
        if (keep != 0 && nesterov == 0) {
            for (int end = from + F.loopBound(to - from); i < end; i += F.length()) {
                FloatVector w = FloatVector.fromArray(F, p, i);
                FloatVector d = w.mul(decay).add(FloatVector.fromArray(F, g, i));
                FloatVector m = FloatVector.fromArray(F, b, i).mul(keep).add(d.mul(take));
                m.intoArray(b, i);
                w.sub(m.mul(rate)).intoArray(p, i);
            }
        }
        super.sgdMomentum(i, to, p, g, b, rate, keep, take, decay, nesterov);
    }

    @Override
    public void adam(int from, int to, float[] p, float[] g, float[] m, float[] v, AdamNumbers numbers) {
        float beta1 = numbers.beta1();
        float beta2 = numbers.beta2();
        float rest1 = numbers.rest1();
        float rest2 = numbers.rest2();
        int i = from;
        for (int end = from + F.loopBound(to - from); i < end; i += F.length()) {
            FloatVector w = FloatVector.fromArray(F, p, i);
            FloatVector d = w.mul(numbers.coupledDecay()).add(FloatVector.fromArray(F, g, i));
            FloatVector first = FloatVector.fromArray(F, m, i).mul(beta1).add(d.mul(rest1));
            FloatVector second =
                    FloatVector.fromArray(F, v, i).mul(beta2).add(d.mul(rest2).mul(d));
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector denominator = second.lanewise(VectorOperators.SQRT)
                    .mul(numbers.secondScale())
                    .add(numbers.epsilon());
            w.mul(numbers.shrink())
                    .sub(first.mul(numbers.rate()).div(denominator))
                    .intoArray(p, i);
        }
        super.adam(i, to, p, g, m, v, numbers);
    }
}
