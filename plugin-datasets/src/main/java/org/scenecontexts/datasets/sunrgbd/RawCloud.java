package org.scenecontexts.datasets.sunrgbd;

import java.awt.image.Raster;
import java.util.Arrays;
import org.scenecontexts.api.data.CloudException;

/**
 * The points that the pictures of an image show, upright (x right, y forward, z up), in the order of MATLAB's arrays: column by
 * column (REFERENCE 8.5).
 *
 * @param rows x, y, z in metres and red, green, blue from 0 to 1, {@code [N, 6]}
 */
record RawCloud(float[] rows) {

    static final int COLUMNS = 6;

    private static final int SHIFT = 3;
    /** What is farther lies at this depth, metres: the toolbox sets it so. */
    private static final double FARTHEST = 8;

    /** @throws CloudException when a picture is damaged, or they do not belong together */
    static RawCloud of(RawImage image) {
        Raster depth = RawPictures.depth(image.depth());
        Raster colour = RawPictures.colour(image.colour());
        int width = depth.getWidth();
        int height = depth.getHeight();
        if (colour.getWidth() != width || colour.getHeight() != height) {
            throw new CloudException(image.colour() + ": has " + colour.getWidth() + " x " + colour.getHeight()
                    + " pixels, but the depth picture has " + width + " x " + height
                    + "; unpack SUNRGBD.zip again, or leave the image out with 'except'");
        }
        float[] rows = new float[COLUMNS * width * height];
        int size = 0;
        for (int u = 0; u < width; u++) {
            for (int v = 0; v < height; v++) {
                double z = metres(depth.getSample(u, v, 0));
                if (z > 0) {
                    place(image, u + 1, v + 1, z, rows, size);
                    for (int c = 0; c < 3; c++) {
                        rows[size + 3 + c] = (float) (colour.getSample(u, v, c % colour.getNumBands()) / 255.0);
                    }
                    size += COLUMNS;
                }
            }
        }
        if (size == 0) {
            throw new CloudException(
                    image.depth() + ": no pixel has a depth; unpack SUNRGBD.zip again, or leave the image"
                            + " out with 'except: [" + image.number() + "]'");
        }
        return new RawCloud(Arrays.copyOf(rows, size));
    }

    /** Depth of a stored number, whose bits are turned by three places; 0 where nothing was measured. */
    static double metres(int stored) {
        int millimetres = ((stored >>> SHIFT) | (stored << (16 - SHIFT))) & 0xFFFF;
        return Math.min(millimetres / 1000.0, FARTHEST);
    }

    /** Pixels count from 1. */
    private static void place(RawImage image, int u, int v, double z, float[] rows, int at) {
        double[] lens = image.lens();
        double[] tilt = image.tilt();
        double right = (u - lens[2]) * z / lens[0];
        double up = -(v - lens[5]) * z / lens[4];
        for (int axis = 0; axis < 3; axis++) {
            rows[at + axis] = (float) (tilt[3 * axis] * right + tilt[3 * axis + 1] * z + tilt[3 * axis + 2] * up);
        }
    }

    int size() {
        return rows.length / COLUMNS;
    }

    /** The points of these numbers, in this order. */
    RawCloud select(int[] points) {
        float[] chosen = new float[COLUMNS * points.length];
        for (int i = 0; i < points.length; i++) {
            System.arraycopy(rows, COLUMNS * points[i], chosen, COLUMNS * i, COLUMNS);
        }
        return new RawCloud(chosen);
    }
}
