package org.scenecontexts.io.cloud;

import java.util.List;
import java.util.Locale;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;

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

    /** The word for it in pipelines and on the command line, e.g. {@code minus-y}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Turns a scene, so that z is up. */
    public Scene turned(Scene scene) {
        return scene.withPositions(turned(scene.positions()))
                .withNormals(turned(scene.normals()))
                .withOrigin(turned(scene.origin()));
    }

    private Origin turned(Origin origin) {
        return new Origin(
                sign.get(0) * origin.at(from.get(0)) + 0.0,
                sign.get(1) * origin.at(from.get(1)) + 0.0,
                sign.get(2) * origin.at(from.get(2)) + 0.0);
    }

    /**
     * The way back: a place with z up as the file has it.
     *
     * @param place xyz
     * @since 0.2
     */
    public double[] back(double[] place) {
        double[] original = new double[3];
        for (int a = 0; a < 3; a++) {
            original[from.get(a)] = sign.get(a) * place[a] + 0.0;
        }
        return original;
    }

    /** Turns vectors, {@code [N, 3]}, so that z is up. */
    public float[] turned(float[] vectors) {
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
