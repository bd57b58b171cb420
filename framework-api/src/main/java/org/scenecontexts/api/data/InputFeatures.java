package org.scenecontexts.api.data;

import java.util.Arrays;
import java.util.List;

/** Writes the network inputs of one scene. */
final class InputFeatures {

    private InputFeatures() {}

    static void write(Scene scene, List<InputFeature> features, float[] out, int offset, int stride) {
        int column = 0;
        for (InputFeature feature : features) {
            int to = offset + column;
            switch (feature) {
                case InputFeature.Core core -> core(core, scene, out, to, stride);
                case InputFeature.Colours colours -> colours(colours, scene.colours(), out, to, stride);
                case InputFeature.OfPoints attribute -> attribute(attribute, scene, out, to, stride);
            }
            column += feature.channels();
        }
    }

    private static void core(InputFeature.Core core, Scene scene, float[] out, int to, int stride) {
        switch (core) {
            case COLOUR -> copy(scene.colours(), 1f / 255, -0.5f, out, to, stride);
            case NORMAL -> copy(scene.normals(), 1, 0, out, to, stride);
            case HEIGHT -> height(scene.positions(), out, to, stride);
            case ONES -> {
                for (int i = 0; i < scene.size(); i++) {
                    out[to + i * stride] = 1;
                }
            }
            case POSITION -> position(scene.positions(), out, to, stride);
        }
    }

    private static void attribute(InputFeature.OfPoints input, Scene scene, float[] out, int to, int stride) {
        Attribute attribute = scene.ofPoints(input.name());
        int width = attribute.width();
        if (width != input.channels()) {
            throw new CloudException("scene '" + scene.id() + "': the attribute '" + input.name() + "' has " + width
                    + " numbers per point, but the network is told " + input.channels() + "; write '" + input.name()
                    + ":" + width + "' under 'inputs'");
        }
        float[] values = attribute.floats();
        for (int i = 0; i < scene.size(); i++) {
            for (int w = 0; w < width; w++) {
                out[to + i * stride + w] = (float) (values[i * width + w] / input.divisor());
            }
        }
    }

    private static void colours(InputFeature.Colours input, float[] from, float[] out, int to, int stride) {
        double[] mean = {input.red(), input.green(), input.blue()};
        for (int i = 0; i < from.length; i++) {
            out[to + i / 3 * stride + i % 3] = (float) ((from[i] - mean[i % 3]) / input.divisor());
        }
    }

    private static void position(float[] positions, float[] out, int to, int stride) {
        for (int axis = 0; axis < 3; axis++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int i = axis; i < positions.length; i += 3) {
                least = Math.min(least, positions[i]);
                most = Math.max(most, positions[i]);
            }
            float middle = (least + most) / 2;
            for (int i = 0; i < positions.length / 3; i++) {
                out[to + axis + i * stride] = positions[3 * i + axis] - middle;
            }
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
