package org.scenecontexts.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.engine.cpu.dense.FunctionLoops;

/** The functions that are made of exponentials, on vectors: operation by operation what the plain loops do. */
final class VectorFunctionLoops extends FunctionLoops {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    // ---- one vector -------------------------------------------------------------------------------------------

    private static FloatVector exp(FloatVector x) {
        FloatVector v = x.max(LOWEST).min(HIGHEST);
        FloatVector shifted = v.mul(LOG2_E).add(ROUNDER);
        FloatVector k = shifted.sub(ROUNDER);
        FloatVector r = v.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
        FloatVector p = r.mul(EXP[0])
                .add(EXP[1])
                .mul(r)
                .add(EXP[2])
                .mul(r)
                .add(EXP[3])
                .mul(r)
                .add(EXP[4])
                .mul(r)
                .add(EXP[5])
                .mul(r.mul(r))
                .add(r)
                .add(1f);
        IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
        IntVector half = power.lanewise(VectorOperators.ASHR, 1);
        IntVector rest = power.sub(half);
        return p.mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                .mul(rest.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
    }

    private static FloatVector sigmoid(FloatVector x) {
        return FloatVector.broadcast(F, 1f).div(exp(x.neg()).add(1f));
    }

    private static FloatVector tanh(FloatVector x) {
        FloatVector z = x.abs();
        FloatVector u = x.mul(x);
        FloatVector p = u.mul(TANH[0])
                .add(TANH[1])
                .mul(u)
                .add(TANH[2])
                .mul(u)
                .add(TANH[3])
                .mul(u)
                .add(TANH[4]);
        FloatVector near = x.add(x.mul(u.mul(p)));
        FloatVector far = FloatVector.broadcast(F, 1f)
                .sub(FloatVector.broadcast(F, 2f).div(exp(z.add(z)).add(1f)));
        FloatVector signed = far.blend(far.neg(), x.compare(VectorOperators.LT, 0f));
        return signed.blend(near, z.compare(VectorOperators.LT, TANH_BORDER));
    }

    private static FloatVector bell(FloatVector x) {
        return exp(x.mul(x).mul(-0.5f));
    }

    private static FloatVector below(FloatVector x, FloatVector bell) {
        FloatVector t = FloatVector.broadcast(F, 1f).div(x.abs().mul(TAIL_SLOPE).add(1f));
        FloatVector p = t.mul(TAIL[0])
                .add(TAIL[1])
                .mul(t)
                .add(TAIL[2])
                .mul(t)
                .add(TAIL[3])
                .mul(t)
                .add(TAIL[4])
                .mul(t)
                .add(TAIL[5])
                .mul(t)
                .add(TAIL[6])
                .mul(t)
                .add(TAIL[7])
                .mul(t)
                .add(TAIL[8])
                .mul(t)
                .add(TAIL[9]);
        FloatVector tail = bell.mul(p.mul(t));
        return FloatVector.broadcast(F, 1f).sub(tail).blend(tail, x.compare(VectorOperators.LT, 0f));
    }

    private static FloatVector gelu(FloatVector x) {
        FloatVector value = x.mul(below(x, bell(x)));
        FloatVector small = x.mul(0f).blend(0f, x.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY));
        return value.blend(small, x.compare(VectorOperators.LT, -20f));
    }

    private static FloatVector geluSlope(FloatVector x) {
        FloatVector bell = bell(x);
        FloatVector density = x.mul(bell.mul(DENSITY)).blend(0f, bell.compare(VectorOperators.EQ, 0f));
        return below(x, bell).add(density);
    }

    private static FloatVector twiceArgument(FloatVector x) {
        return x.add(x.mul(x.mul(x)).mul(CUBE)).mul(TWICE_ROOT);
    }

    private static FloatVector times(FloatVector x, FloatVector share) {
        return x.mul(share).blend(0f, x.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY));
    }

    private static FloatVector geluTanhSlope(FloatVector x) {
        FloatVector s = sigmoid(twiceArgument(x));
        FloatVector rest = s.mul(FloatVector.broadcast(F, 1f).sub(s));
        FloatVector slope = x.mul(x).mul(3f * CUBE).add(1f).mul(TWICE_ROOT);
        return s.add(x.mul(rest).mul(slope)).blend(s, rest.compare(VectorOperators.EQ, 0f));
    }

    private static FloatVector siluSlope(FloatVector x) {
        FloatVector s = sigmoid(x);
        FloatVector rest = s.mul(FloatVector.broadcast(F, 1f).sub(s));
        return s.add(x.mul(rest)).blend(s, rest.compare(VectorOperators.EQ, 0f));
    }

    // ---- ranges -----------------------------------------------------------------------------------------------

    @Override
    public void apply(Pointwise function, int n, float parameter, float[] x, int atX, float[] out, int atOut) {
        int i = 0;
        int end = VECTORS.contains(function) ? F.loopBound(n) : 0;
        // One loop each, so that none has to ask for the function inside.
        switch (function) {
            case EXP -> {
                for (; i < end; i += F.length()) {
                    exp(FloatVector.fromArray(F, x, atX + i)).intoArray(out, atOut + i);
                }
            }
            case SIGMOID -> {
                for (; i < end; i += F.length()) {
                    sigmoid(FloatVector.fromArray(F, x, atX + i)).intoArray(out, atOut + i);
                }
            }
            case TANH -> {
                for (; i < end; i += F.length()) {
                    tanh(FloatVector.fromArray(F, x, atX + i)).intoArray(out, atOut + i);
                }
            }
            case GELU -> {
                for (; i < end; i += F.length()) {
                    gelu(FloatVector.fromArray(F, x, atX + i)).intoArray(out, atOut + i);
                }
            }
            case GELU_TANH -> {
                for (; i < end; i += F.length()) {
                    FloatVector v = FloatVector.fromArray(F, x, atX + i);
                    times(v, sigmoid(twiceArgument(v))).intoArray(out, atOut + i);
                }
            }
            case SILU -> {
                for (; i < end; i += F.length()) {
                    FloatVector v = FloatVector.fromArray(F, x, atX + i);
                    times(v, sigmoid(v)).intoArray(out, atOut + i);
                }
            }
            default -> {}
        }
        super.apply(function, n - i, parameter, x, atX + i, out, atOut + i);
    }

    @Override
    public void gradient(
            Pointwise function,
            int n,
            float parameter,
            float[] known,
            int atKnown,
            float[] gradOut,
            int atOut,
            float[] gradIn,
            int atIn) {
        int i = 0;
        int end = GRADIENT_VECTORS.contains(function) ? F.loopBound(n) : 0;
        switch (function) {
            case GELU -> {
                for (; i < end; i += F.length()) {
                    FloatVector slope = geluSlope(FloatVector.fromArray(F, known, atKnown + i));
                    FloatVector.fromArray(F, gradOut, atOut + i).mul(slope).intoArray(gradIn, atIn + i);
                }
            }
            case GELU_TANH -> {
                for (; i < end; i += F.length()) {
                    FloatVector slope = geluTanhSlope(FloatVector.fromArray(F, known, atKnown + i));
                    FloatVector.fromArray(F, gradOut, atOut + i).mul(slope).intoArray(gradIn, atIn + i);
                }
            }
            case SILU -> {
                for (; i < end; i += F.length()) {
                    FloatVector slope = siluSlope(FloatVector.fromArray(F, known, atKnown + i));
                    FloatVector.fromArray(F, gradOut, atOut + i).mul(slope).intoArray(gradIn, atIn + i);
                }
            }
            case SOFTPLUS -> {
                for (; i < end; i += F.length()) {
                    FloatVector slope = sigmoid(FloatVector.fromArray(F, known, atKnown + i));
                    FloatVector.fromArray(F, gradOut, atOut + i).mul(slope).intoArray(gradIn, atIn + i);
                }
            }
            default -> {}
        }
        super.gradient(function, n - i, parameter, known, atKnown + i, gradOut, atOut + i, gradIn, atIn + i);
    }

    @Override
    public void expMinus(int n, float[] x, int atX, float less, float[] out, int atOut) {
        int i = 0;
        for (int end = F.loopBound(n); i < end; i += F.length()) {
            exp(FloatVector.fromArray(F, x, atX + i).sub(less)).intoArray(out, atOut + i);
        }
        super.expMinus(n - i, x, atX + i, less, out, atOut + i);
    }

    @Override
    public void expMinus(int n, float[] x, int atX, float[] less, int atLess, float[] out, int atOut) {
        int i = 0;
        for (int end = F.loopBound(n); i < end; i += F.length()) {
            exp(FloatVector.fromArray(F, x, atX + i).sub(FloatVector.fromArray(F, less, atLess + i)))
                    .intoArray(out, atOut + i);
        }
        super.expMinus(n - i, x, atX + i, less, atLess + i, out, atOut + i);
    }
}
