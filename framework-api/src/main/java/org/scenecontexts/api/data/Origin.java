package org.scenecontexts.api.data;

/**
 * Where the zero of a scene's positions lies, in double precision: survey coordinates are millions of metres, which 32-bit
 * positions would round to half metres.
 *
 * @param x metres, in the frame of the data with z up
 * @param y metres
 * @param z metres
 * @since 0.1
 */
public record Origin(double x, double y, double z) {

    /** Positions are what the data says. */
    public static final Origin ZERO = new Origin(0, 0, 0);

    /** @throws IllegalArgumentException when a coordinate is not finite */
    public Origin {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
            throw new IllegalArgumentException(
                    "an origin must be finite, found " + x + ", " + y + ", " + z + "; take it from finite positions");
        }
    }

    /** One coordinate: 0, 1 or 2 for x, y or z. */
    public double at(int axis) {
        return switch (axis) {
            case 0 -> x;
            case 1 -> y;
            case 2 -> z;
            default -> throw new IndexOutOfBoundsException("axes are 0, 1 and 2, found " + axis);
        };
    }

    /** Whether positions need nothing added. */
    public boolean isZero() {
        return x == 0 && y == 0 && z == 0;
    }

    /** Such as {@code (500000, 5400602, 0)}. */
    @Override
    public String toString() {
        return "(" + text(x) + ", " + text(y) + ", " + text(z) + ")";
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
