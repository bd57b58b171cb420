package org.scenecontexts.api.data;

import java.util.Arrays;
import java.util.List;

/** Writes the network inputs of one scene. */
final class InputFeatures {

    private InputFeatures() {}

    static void write(Scene scene, List<InputFeature> features, float[] out, int offset, int stride) {
        int column = 0;
        for (InputFeature feature : features) {
            switch (feature) {
                case COLOUR -> copy(scene.colours(), 1f / 255, -0.5f, out, offset + column, stride);
                case NORMAL -> copy(scene.normals(), 1, 0, out, offset + column, stride);
                case HEIGHT -> height(scene.positions(), out, offset + column, stride);
                case ONES -> {
                    for (int i = 0; i < scene.size(); i++) {
                        out[offset + column + i * stride] = 1;
                    }
                }
            }
            column += feature.channels();
        }
    }

    private static void copy(float[] from, float factor, float shift, float[] out, int offset, int stride) {
        for (int i = 0; i < from.length / 3; i++) {
            for (int a = 0; a < 3; a++) {
                out[offset + i * stride + a] = from[3 * i + a] * factor + shift;
            }
        }
    }

    private static void height(float[] positions, float[] out, int offset, int stride) {
        int n = positions.length / 3;
        float[] z = new float[n];
        for (int i = 0; i < n; i++) {
            z[i] = positions[3 * i + 2];
        }
        Arrays.sort(z);
        float floor = n == 0 ? 0 : z[n / 100];
        for (int i = 0; i < n; i++) {
            out[offset + i * stride] = positions[3 * i + 2] - floor;
        }
    }
}
