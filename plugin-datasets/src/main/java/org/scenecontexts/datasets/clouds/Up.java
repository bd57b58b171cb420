package org.scenecontexts.datasets.clouds;

/**
 * Which axis of a file points upwards; scenes have z up.
 *
 * @since 0.1
 */
public enum Up {
    Z(0, 1, 2, 1, 1, 1),
    MINUS_Z(0, 1, 2, 1, -1, -1),
    Y(0, 2, 1, 1, -1, 1),
    /** Camera frames: x right, y down, z forward. */
    MINUS_Y(0, 2, 1, 1, 1, -1),
    X(2, 1, 0, -1, 1, 1),
    MINUS_X(2, 1, 0, 1, 1, -1);

    private final int[] from;
    private final int[] sign;

    Up(int x, int y, int z, int signX, int signY, int signZ) {
        from = new int[] {x, y, z};
        sign = new int[] {signX, signY, signZ};
    }

    /** Turns vectors, {@code [N, 3]}, so that z is up. */
    float[] turned(float[] vectors) {
        if (this == Z) {
            return vectors;
        }
        float[] turned = new float[vectors.length];
        for (int i = 0; i < vectors.length; i += 3) {
            for (int a = 0; a < 3; a++) {
                turned[i + a] = sign[a] * vectors[i + from[a]];
            }
        }
        return turned;
    }
}
