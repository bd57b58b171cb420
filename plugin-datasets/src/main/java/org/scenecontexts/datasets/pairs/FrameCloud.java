package org.scenecontexts.datasets.pairs;

import java.awt.image.BufferedImage;

/** Turns a depth frame into a coloured cloud in the world frame, in double precision as published (REFERENCE 3.3). */
final class FrameCloud {

    /** Numbers per point: x y z, r g b, label. */
    static final int COLUMNS = 7;

    private static final double MILLIMETRES = 1000;

    private FrameCloud() {}

    /**
     * Makes the cloud: one point per pixel with a depth, row by row.
     *
     * <p>Colours come from the same pixel of the colour image, resized to the size of the depth image; the two cameras are
     * not registered to each other. The published code resizes to 640 x 480 whatever the depth image, and silently leaves
     * out every frame of another size; here those work.
     *
     * @param depth unsigned millimetres, {@code [height * width]}
     * @param intrinsics of the depth camera
     * @param pose camera to world; a pose that is not finite gives points that are not
     * @return {@code [N, 7]}: metres, 0 to 255, label 0
     */
    static double[] points(
            short[] depth, int width, int height, BufferedImage colour, RigidPose intrinsics, RigidPose pose) {
        int[] rgb = ColourResize.rgb(colour, width, height);
        int count = 0;
        for (short value : depth) {
            count += value != 0 ? 1 : 0;
        }
        double[] points = new double[COLUMNS * count];
        int at = 0;
        for (int v = 0; v < height; v++) {
            for (int u = 0; u < width; u++) {
                int pixel = v * width + u;
                if (depth[pixel] == 0) {
                    continue;
                }
                double z = Short.toUnsignedInt(depth[pixel]) / MILLIMETRES;
                double x = (u - intrinsics.at(0, 2)) * z / intrinsics.at(0, 0) + intrinsics.at(0, 3);
                double y = (v - intrinsics.at(1, 2)) * z / intrinsics.at(1, 1) + intrinsics.at(1, 3);
                for (int axis = 0; axis < 3; axis++) {
                    // Fused, in this order, as the matrix product of the published code computes it.
                    double sum = Math.fma(y, pose.at(axis, 1), x * pose.at(axis, 0));
                    points[at + axis] = Math.fma(z, pose.at(axis, 2), sum) + pose.at(axis, 3);
                    points[at + 3 + axis] = rgb[3 * pixel + axis];
                }
                at += COLUMNS;
            }
        }
        return points;
    }
}
