package org.scenecontexts.runtime.inspect;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.array.AtomicFile;

/**
 * A picture of a scene from above: at every pixel the highest point, in its own colour, or by its height where there is none; x to
 * the right, y upwards.
 *
 * @since 0.2
 */
public final class TopView {

    /** Pixels along the longer side. */
    static final int SIDE = 800;

    private static final int BACKGROUND = 0xFFFFFF;

    private TopView() {}

    /** The picture. */
    public static BufferedImage of(Scene scene) {
        float[] p = scene.positions();
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < p.length; i++) {
            if (Float.isFinite(p[i])) {
                low[i % 3] = Math.min(low[i % 3], p[i]);
                high[i % 3] = Math.max(high[i % 3], p[i]);
            }
        }
        double metres = Math.max(1e-6, Math.max(high[0] - low[0], high[1] - low[1]));
        double scale = (SIDE - 1) / metres;
        int width = 1 + (int) Math.max(0, (high[0] - low[0]) * scale);
        int height = 1 + (int) Math.max(0, (high[1] - low[1]) * scale);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        float[] top = new float[width * height];
        int[] pixels = new int[width * height];
        Arrays.fill(top, Float.NEGATIVE_INFINITY);
        Arrays.fill(pixels, BACKGROUND);
        boolean coloured = scene.colours().length > 0;
        for (int i = 0; i < scene.size(); i++) {
            if (!Float.isFinite(p[3 * i]) || !Float.isFinite(p[3 * i + 1]) || !Float.isFinite(p[3 * i + 2])) {
                continue;
            }
            int column = (int) ((p[3 * i] - low[0]) * scale);
            int row = height - 1 - (int) ((p[3 * i + 1] - low[1]) * scale);
            int pixel = row * width + column;
            if (p[3 * i + 2] > top[pixel]) {
                top[pixel] = p[3 * i + 2];
                pixels[pixel] = coloured
                        ? colour(scene.colours(), i)
                        : byHeight((p[3 * i + 2] - low[2]) / Math.max(1e-6, high[2] - low[2]));
            }
        }
        picture.setRGB(0, 0, width, height, pixels, 0, width);
        return picture;
    }

    private static int colour(float[] colours, int point) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            rgb = rgb << 8 | Math.clamp(Math.round(colours[3 * point + channel]), 0, 255);
        }
        return rgb;
    }

    /** From blue at the lowest point to red at the highest. */
    private static int byHeight(double part) {
        return java.awt.Color.HSBtoRGB((float) (0.66 * (1 - part)), 0.8f, 0.85f) & 0xFFFFFF;
    }

    /** Writes the picture as PNG. */
    public static void write(Path file, Scene scene) {
        BufferedImage picture = of(scene);
        AtomicFile.write(file, out -> {
            if (!ImageIO.write(picture, "png", out)) {
                throw new java.io.IOException("this Java writes no PNG");
            }
        });
    }
}
