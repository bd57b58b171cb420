package org.scenecontexts.engine.cpu.dense;

import java.util.Set;
import org.scenecontexts.api.engine.kernel.Pointwise;

/**
 * Functions of one number over ranges of arrays, on one thread, in plain Java. Products and sums are rounded one by one, so
 * that the vector twin, which overrides what takes the time, computes the same bits on every processor.
 */
public class FunctionLoops {

    /** Functions that the vector twin computes on vectors. */
    public static final Set<Pointwise> VECTORS = Set.of(
            Pointwise.EXP, Pointwise.SIGMOID, Pointwise.TANH, Pointwise.GELU, Pointwise.GELU_TANH, Pointwise.SILU);

    /** Functions whose gradients the vector twin computes on vectors. */
    public static final Set<Pointwise> GRADIENT_VECTORS =
            Set.of(Pointwise.GELU, Pointwise.GELU_TANH, Pointwise.SILU, Pointwise.SOFTPLUS);

    /** Below this an exponential rounds to zero. */
    protected static final float LOWEST = -104f;

    /** Above this it is infinite. */
    protected static final float HIGHEST = 89f;

    protected static final float ROUNDER = FusedRowLoops.ROUNDER;
    protected static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
    protected static final float LOG2_E = FusedRowLoops.LOG2_E;
    protected static final float LN2_HIGH = FusedRowLoops.LN2_HIGH;
    protected static final float LN2_LOW = FusedRowLoops.LN2_LOW;

    /** e^r without its first two terms, over r^2, on half an octave around 0 (as Cephes' {@code expf}). */
    protected static final float[] EXP = {1.9875691e-4f, 0.0013981999f, 0.008333452f, 0.041665796f, 0.16666666f, 0.5f};

    /** (tanh x - x) / x^3 in x^2 up to {@link #TANH_BORDER}; fitted, right to 7e-9 of tanh x. */
    protected static final float[] TANH = {-0.00551553f, 0.020469768f, -0.053688135f, 0.13330832f, -0.3333326f};

    protected static final float TANH_BORDER = 0.625f;

    /**
     * The tail of the normal distribution beyond z, 0 or more, times e^(z^2 / 2), over t, in t = 1 / (1 + 0.24 z); fitted,
     * right to 4e-9.
     */
    protected static final float[] TAIL = {
        0.025518434f,
        -0.12459192f,
        0.20536283f,
        -0.14409827f,
        0.14129193f,
        0.028250275f,
        0.0877254f,
        0.08894306f,
        0.09585614f,
        0.095742136f
    };

    protected static final float TAIL_SLOPE = 0.24f;

    /** sqrt(8 / pi): twice what stands before GELU's tanh argument. */
    protected static final float TWICE_ROOT = (float) Math.sqrt(8 / Math.PI);

    protected static final float CUBE = 0.044715f;

    /** 1 / sqrt(2 pi). */
    protected static final float DENSITY = (float) (1 / Math.sqrt(2 * Math.PI));

    // ---- one number -------------------------------------------------------------------------------------------

    static float exp(float x) {
        float v = Math.min(Math.max(x, LOWEST), HIGHEST);
        float shifted = v * LOG2_E + ROUNDER;
        float k = shifted - ROUNDER;
        float r = (v - k * LN2_HIGH) - k * LN2_LOW;
        float p = EXP[0];
        for (int i = 1; i < EXP.length; i++) {
            p = p * r + EXP[i];
        }
        p = (p * (r * r) + r) + 1f;
        // Two factors, so that the powers of very small and very large results are floats.
        int power = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
        int half = power >> 1;
        return p * Float.intBitsToFloat((half + 127) << 23) * Float.intBitsToFloat((power - half + 127) << 23);
    }

    static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    static float tanh(float x) {
        float z = Math.abs(x);
        if (z < TANH_BORDER) {
            float u = x * x;
            float p = TANH[0];
            for (int i = 1; i < TANH.length; i++) {
                p = p * u + TANH[i];
            }
            return x + x * (u * p);
        }
        return Math.copySign(1f - 2f / (exp(z + z) + 1f), x);
    }

    /** The normal distribution function, given e^(-x^2 / 2). */
    private static float below(float x, float bell) {
        float t = 1f / (1f + TAIL_SLOPE * Math.abs(x));
        float p = TAIL[0];
        for (int i = 1; i < TAIL.length; i++) {
            p = p * t + TAIL[i];
        }
        float tail = bell * (p * t);
        return x < 0 ? tail : 1f - tail;
    }

    private static float bell(float x) {
        return exp(x * x * -0.5f);
    }

    private static float gelu(float x) {
        // An infinite number would meet a tail of zero.
        return x < -20f ? (x == Float.NEGATIVE_INFINITY ? 0f : x * 0f) : x * below(x, bell(x));
    }

    private static float geluSlope(float x) {
        float bell = bell(x);
        float density = bell == 0 ? 0f : x * (DENSITY * bell);
        return below(x, bell) + density;
    }

    private static float geluTanh(float x) {
        return x == Float.NEGATIVE_INFINITY ? 0f : x * sigmoid(twiceArgument(x));
    }

    private static float twiceArgument(float x) {
        return TWICE_ROOT * (x + CUBE * (x * (x * x)));
    }

    private static float geluTanhSlope(float x) {
        float s = sigmoid(twiceArgument(x));
        float rest = s * (1f - s);
        float slope = TWICE_ROOT * (1f + 3f * CUBE * (x * x));
        return rest == 0 ? s : s + (x * rest) * slope;
    }

    private static float silu(float x) {
        return x == Float.NEGATIVE_INFINITY ? 0f : x * sigmoid(x);
    }

    private static float siluSlope(float x) {
        float s = sigmoid(x);
        float rest = s * (1f - s);
        return rest == 0 ? s : s + x * rest;
    }

    // ---- ranges -----------------------------------------------------------------------------------------------

    /** {@code out = f(x)} for {@code n} numbers; {@code out} may be {@code x} at the same place. */
    public void apply(Pointwise function, int n, float parameter, float[] x, int atX, float[] out, int atOut) {
        for (int i = 0; i < n; i++) {
            float v = x[atX + i];
            out[atOut + i] = switch (function) {
                case EXP -> exp(v);
                case LOG -> (float) Math.log(v);
                case SQRT -> (float) Math.sqrt(v);
                case SQUARE -> v * v;
                case RECIPROCAL -> 1f / v;
                case ABS -> Math.abs(v);
                case SIGMOID -> sigmoid(v);
                case TANH -> tanh(v);
                case GELU -> gelu(v);
                case GELU_TANH -> geluTanh(v);
                case SILU -> silu(v);
                case LEAKY_RELU -> v > 0 ? v : parameter * v;
                case SOFTPLUS -> (float) (Math.max(v, 0d) + Math.log1p(Math.exp(-Math.abs((double) v))));
            };
        }
    }

    /** {@code gradIn = f'(known) * gradOut} for {@code n} numbers; {@code gradIn} may be either at the same place. */
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
        for (int i = 0; i < n; i++) {
            float v = known[atKnown + i];
            float g = gradOut[atOut + i];
            gradIn[atIn + i] = switch (function) {
                case EXP -> g * v;
                case LOG -> g / v;
                case SQRT -> g * 0.5f / v;
                case SQUARE -> g * (v + v);
                case RECIPROCAL -> -(g * (v * v));
                case ABS -> g * Math.signum(v);
                case SIGMOID -> g * (v * (1f - v));
                case TANH -> g * (1f - v * v);
                case GELU -> g * geluSlope(v);
                case GELU_TANH -> g * geluTanhSlope(v);
                case SILU -> g * siluSlope(v);
                case LEAKY_RELU -> v > 0 ? g : g * parameter;
                case SOFTPLUS -> g * sigmoid(v);
            };
        }
    }

    /** {@code out = e^(x - less)} for {@code n} numbers; {@code out} may be {@code x} at the same place. */
    public void expMinus(int n, float[] x, int atX, float less, float[] out, int atOut) {
        for (int i = 0; i < n; i++) {
            out[atOut + i] = exp(x[atX + i] - less);
        }
    }

    /** {@code out = e^(x - less)}, number by number; {@code out} may be {@code x} at the same place. */
    public void expMinus(int n, float[] x, int atX, float[] less, int atLess, float[] out, int atOut) {
        for (int i = 0; i < n; i++) {
            out[atOut + i] = exp(x[atX + i] - less[atLess + i]);
        }
    }
}
