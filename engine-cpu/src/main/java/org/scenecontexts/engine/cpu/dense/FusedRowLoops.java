package org.scenecontexts.engine.cpu.dense;

import java.util.Arrays;

/**
 * The row loops in plain Java, bit for bit what their vector twin computes: multiply-adds rounded once, sums by lanes. To be
 * used where the processor has the instruction; elsewhere Java computes it in software, slowly.
 *
 * @since 0.1
 */
public class FusedRowLoops extends RowLoops {

    /** Below this the exponential is not a normal float any more. */
    protected static final float SMALLEST = -87.33f;

    /** Adding it rounds to a whole number, which is then in the lowest bits. */
    protected static final float ROUNDER = 12_582_912f;

    protected static final float LOG2_E = 1.44269504f;

    /** Natural logarithm of 2, in two parts of which the first has few bits. */
    protected static final float LN2_HIGH = 0.693359375f;

    protected static final float LN2_LOW = -2.12194440e-4f;

    private final int width;

    /**
     * @param width floats per vector of the twin
     */
    public FusedRowLoops(int width) {
        this.width = width;
    }

    @Override
    protected float[] lanes() {
        return new float[width];
    }

    @Override
    protected float dot(float[] x, int atX, float[] y, int atY, int n, float[] lanes) {
        Arrays.fill(lanes, 0);
        int end = n / width * width;
        for (int j = 0; j < end; j++) {
            int lane = j % width;
            lanes[lane] = Math.fma(x[atX + j], y[atY + j], lanes[lane]);
        }
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum + rest(x, atX + end, y, atY + end, n - end);
    }

    @Override
    protected float exponentials(float[] x, int at, int n, float max, float[] out, float[] lanes) {
        Arrays.fill(lanes, 0);
        for (int j = 0; j < n; j++) {
            float e = exp(x[at + j] - max);
            out[at + j] = e;
            lanes[j % width] += e;
        }
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }

    /**
     * Exponential of a number up to 0, as Cephes' {@code expf}: {@code 2^k} times a polynomial on half an octave around 0;
     * right to 2e-7.
     */
    private static float exp(float x) {
        if (x < SMALLEST) {
            return 0;
        }
        float shifted = x * LOG2_E + ROUNDER;
        float k = shifted - ROUNDER;
        float r = x - k * LN2_HIGH - k * LN2_LOW;
        float p = r * 1.9875691500e-4f + 1.3981999507e-3f;
        p = Math.fma(p, r, 8.3334519073e-3f);
        p = Math.fma(p, r, 4.1665795894e-2f);
        p = Math.fma(p, r, 1.6666665459e-1f);
        p = Math.fma(p, r, 5.0000001201e-1f);
        p = Math.fma(p, r * r, r) + 1f;
        int power = (Float.floatToRawIntBits(shifted) << 23) + (127 << 23);
        return p * Float.intBitsToFloat(power);
    }
}
