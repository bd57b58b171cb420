package org.scenecontexts.datasets.synthetic;

/**
 * Where a virtual depth camera is and what it looks at.
 *
 * @param x of the camera, metres
 * @param y of the camera, metres
 * @param z of the camera, metres
 * @param targetX x of the place in the middle of the picture, metres
 * @param targetY y of the place in the middle of the picture, metres
 * @param targetZ z of the place in the middle of the picture, metres
 * @since 0.1
 */
public record CameraPose(double x, double y, double z, double targetX, double targetY, double targetZ) {

    /** Unit vectors right, up and forward of the camera, nine numbers. */
    double[] axes() {
        double fx = targetX - x;
        double fy = targetY - y;
        double fz = targetZ - z;
        double length = Math.sqrt(fx * fx + fy * fy + fz * fz);
        fx /= length;
        fy /= length;
        fz /= length;
        double flat = Math.sqrt(fx * fx + fy * fy);
        double rx = flat < 1e-6 ? 1 : fy / flat;
        double ry = flat < 1e-6 ? 0 : -fx / flat;
        return new double[] {rx, ry, 0, ry * fz, -rx * fz, rx * fy - ry * fx, fx, fy, fz};
    }
}
