package org.scenecontexts.testing;

import java.util.stream.IntStream;

/**
 * Rounds numbers as matrix units take them, by arithmetic in double precision and not by bits, to compare with what kernels do.
 */
public enum RoundedOperands {
    /** 11 bits, halves away from zero. */
    TF32(10),
    /** 8 bits, halves to the even one. */
    BF16(7);

    private final int behindPoint;

    RoundedOperands(int behindPoint) {
        this.behindPoint = behindPoint;
    }

    /** The nearest number; infinite where that is beyond the largest float. Of normal numbers. */
    public double of(float value) {
        if (!Float.isFinite(value) || value == 0) {
            return value;
        }
        double step = Math.scalb(1.0, Math.getExponent(value) - behindPoint);
        double steps = value / step;
        double nearest = this == TF32 ? Math.copySign(Math.floor(Math.abs(steps) + 0.5), steps) : Math.rint(steps);
        return (float) (nearest * step);
    }

    /** The nearest ones. */
    public double[] of(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> of(values[i])).toArray();
    }
}
