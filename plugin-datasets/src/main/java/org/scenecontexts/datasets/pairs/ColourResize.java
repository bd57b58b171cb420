package org.scenecontexts.datasets.pairs;

import java.awt.image.BufferedImage;

/**
 * Resizes colour images to the size of the depth image, bilinearly with the integer arithmetic of OpenCV, because that is
 * what made the published clouds (REFERENCE 3.3).
 */
final class ColourResize {

    private static final int SCALE = 2048;

    private ColourResize() {}

    /**
     * Resizes.
     *
     * @return {@code [height * width * 3]} red, green, blue, 0 to 255, row-major
     */
    static int[] rgb(BufferedImage image, int width, int height) {
        int sourceWidth = image.getWidth();
        int sourceHeight = image.getHeight();
        int[] packed = image.getRGB(0, 0, sourceWidth, sourceHeight, null, 0, sourceWidth);
        if (sourceWidth == width && sourceHeight == height) {
            return unpacked(packed);
        }
        Axis columns = Axis.of(sourceWidth, width);
        Axis rows = Axis.of(sourceHeight, height);
        int[] upper = new int[3 * width];
        int[] lower = new int[3 * width];
        int[] out = new int[3 * width * height];
        for (int y = 0; y < height; y++) {
            horizontal(packed, rows.first[y] * sourceWidth, columns, upper);
            horizontal(packed, rows.second[y] * sourceWidth, columns, lower);
            int w0 = rows.firstWeight[y];
            int w1 = rows.secondWeight[y];
            for (int i = 0; i < 3 * width; i++) {
                int value = ((w0 * (upper[i] >> 4)) >> 16) + ((w1 * (lower[i] >> 4)) >> 16) + 2;
                out[3 * width * y + i] = Math.max(0, Math.min(255, value >> 2));
            }
        }
        return out;
    }

    private static int[] unpacked(int[] packed) {
        int[] out = new int[3 * packed.length];
        for (int i = 0; i < packed.length; i++) {
            out[3 * i] = packed[i] >> 16 & 255;
            out[3 * i + 1] = packed[i] >> 8 & 255;
            out[3 * i + 2] = packed[i] & 255;
        }
        return out;
    }

    private static void horizontal(int[] packed, int row, Axis axis, int[] out) {
        for (int x = 0; x < axis.first.length; x++) {
            int a = packed[row + axis.first[x]];
            int b = packed[row + axis.second[x]];
            int wa = axis.firstWeight[x];
            int wb = axis.secondWeight[x];
            out[3 * x] = (a >> 16 & 255) * wa + (b >> 16 & 255) * wb;
            out[3 * x + 1] = (a >> 8 & 255) * wa + (b >> 8 & 255) * wb;
            out[3 * x + 2] = (a & 255) * wa + (b & 255) * wb;
        }
    }

    /** For each pixel of one axis the two source pixels and their weights in 1/2048. */
    private record Axis(int[] first, int[] second, int[] firstWeight, int[] secondWeight) {

        static Axis of(int source, int target) {
            Axis axis = new Axis(new int[target], new int[target], new int[target], new int[target]);
            double scale = (double) source / target;
            for (int i = 0; i < target; i++) {
                float place = (float) ((i + 0.5) * scale - 0.5);
                int pixel = (int) Math.floor(place);
                float part = place - pixel;
                if (pixel < 0 || pixel >= source - 1) {
                    pixel = Math.max(0, Math.min(source - 1, pixel));
                    part = 0;
                }
                axis.first[i] = pixel;
                axis.second[i] = Math.min(source - 1, pixel + 1);
                axis.firstWeight[i] = (int) Math.rint((1f - part) * SCALE);
                axis.secondWeight[i] = (int) Math.rint(part * SCALE);
            }
            return axis;
        }
    }
}
