package org.scenecontexts.datasets.clouds;

import java.util.List;

/**
 * Which axis of a file points upwards; scenes have z up.
 *
 * @since 0.1
 */
public enum Up {
    Z(List.of(0, 1, 2), List.of(1, 1, 1)),
    MINUS_Z(List.of(0, 1, 2), List.of(1, -1, -1)),
    Y(List.of(0, 2, 1), List.of(1, -1, 1)),
    /** Camera frames: x right, y down, z forward. */
    MINUS_Y(List.of(0, 2, 1), List.of(1, 1, -1)),
    X(List.of(2, 1, 0), List.of(-1, 1, 1)),
    MINUS_X(List.of(2, 1, 0), List.of(1, 1, -1));

    private final List<Integer> from;
    private final List<Integer> sign;

    Up(List<Integer> from, List<Integer> sign) {
        this.from = from;
        this.sign = sign;
    }

    /** Turns vectors, {@code [N, 3]}, so that z is up. */
    float[] turned(float[] vectors) {
        if (this == Z) {
            return vectors;
        }
        float[] turned = new float[vectors.length];
        for (int a = 0; a < 3; a++) {
            int source = from.get(a);
            float factor = sign.get(a);
            for (int i = 0; i < vectors.length; i += 3) {
                turned[i + a] = factor * vectors[i + source];
            }
        }
        return turned;
    }
}
