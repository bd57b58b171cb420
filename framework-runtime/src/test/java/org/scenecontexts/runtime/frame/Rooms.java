package org.scenecontexts.runtime.frame;

import java.util.List;
import java.util.Random;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.Up;

/** Furnished boxes: half of the points on the floor, a fifth on a table, the rest on walls. */
final class Rooms {

    static final int POINTS = 3000;

    private Rooms() {}

    /** A room of 3 to 5 m and 2.5 m height, metres, z up, in colours up to 230. */
    static Scene room(long seed) {
        Random random = new Random(seed);
        double width = 3 + 2 * random.nextDouble();
        double depth = 3 + 2 * random.nextDouble();
        float[] positions = new float[3 * POINTS];
        float[] colours = new float[3 * POINTS];
        for (int i = 0; i < POINTS; i++) {
            double kind = random.nextDouble();
            double x = random.nextDouble() * width;
            double y = random.nextDouble() * depth;
            double z = 0.01 * random.nextGaussian();
            if (kind > 0.7) {
                x = random.nextBoolean() ? 0 : width;
                z = 2.5 * random.nextDouble();
            } else if (kind > 0.5) {
                x = 1 + x / 4;
                y = 1 + y / 4;
                z += 0.75;
            }
            positions[3 * i] = (float) x;
            positions[3 * i + 1] = (float) y;
            positions[3 * i + 2] = (float) z;
            for (int a = 0; a < 3; a++) {
                colours[3 * i + a] = 30 + random.nextInt(200);
            }
        }
        return new Scene("room-" + seed, positions, colours, new float[0], new int[0], new int[0], List.of());
    }

    /** The scene as a file has it whose axis {@code up} points upwards. */
    static Scene lying(Scene scene, Up up) {
        // Turning four times about one axis, or twice about a half turn, comes back: the inverse is the third power.
        float[] positions = scene.positions();
        for (int i = 0; i < 3; i++) {
            positions = up.turned(positions);
        }
        return scene.withPositions(positions);
    }

    static Scene scaled(Scene scene, float factor) {
        float[] positions = scene.positions().clone();
        for (int i = 0; i < positions.length; i++) {
            positions[i] *= factor;
        }
        return scene.withPositions(positions);
    }

    static Scene inColours(Scene scene, float factor) {
        float[] colours = scene.colours().clone();
        for (int i = 0; i < colours.length; i++) {
            colours[i] *= factor;
        }
        return scene.withColours(colours);
    }
}
