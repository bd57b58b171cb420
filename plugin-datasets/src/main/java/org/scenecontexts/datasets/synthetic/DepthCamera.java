package org.scenecontexts.datasets.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds what each pixel of a pinhole camera sees first.
 *
 * <p>Each primitive is intersected exactly, but only by the rays of the rectangle that it covers in the picture: a z-buffer
 * with analytic depth. Rays are jittered within their pixels, because a regular lattice would be a sampling pattern that
 * networks learn.
 */
final class DepthCamera {

    private static final double NEAR = 0.05;

    private final int columns;
    private final int rows;
    private final double focal;
    private final double[] depth;
    private final int[] seen;
    private final double[] u;
    private final double[] v;

    /** @param fieldOfView horizontal, radians */
    DepthCamera(int columns, int rows, double fieldOfView) {
        this.columns = columns;
        this.rows = rows;
        this.focal = columns / 2.0 / StrictMath.tan(fieldOfView / 2);
        depth = new double[columns * rows];
        seen = new int[columns * rows];
        u = new double[columns * rows];
        v = new double[columns * rows];
    }

    void look(List<Primitive> primitives, CameraPose pose, RandomGenerator random) {
        Arrays.fill(depth, Primitive.MISS);
        Arrays.fill(seen, -1);
        for (int i = 0; i < u.length; i++) {
            u[i] = (i % columns + random.nextFloat() - columns / 2.0) / focal;
            int row = i / columns;
            v[i] = (rows / 2.0 - row - random.nextFloat()) / focal;
        }
        double[] axes = pose.axes();
        for (int p = 0; p < primitives.size(); p++) {
            draw(primitives.get(p), p, pose, axes);
        }
    }

    private void draw(Primitive primitive, int index, CameraPose pose, double[] axes) {
        double[] corner = new double[3];
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int behind = 0;
        for (int k = 0; k < 8; k++) {
            primitive.corner(k, corner);
            double x = corner[0] - pose.x();
            double y = corner[1] - pose.y();
            double z = corner[2] - pose.z();
            double forward = axes[6] * x + axes[7] * y + axes[8] * z;
            if (forward < NEAR) {
                behind++;
                continue;
            }
            double cu = (axes[0] * x + axes[1] * y + axes[2] * z) / forward;
            double cv = (axes[3] * x + axes[4] * y + axes[5] * z) / forward;
            left = Math.min(left, cu);
            right = Math.max(right, cu);
            low = Math.min(low, cv);
            high = Math.max(high, cv);
        }
        if (behind == 8) {
            return;
        }
        // What reaches behind the camera may cover any part of the picture.
        int c0 = behind > 0 ? 0 : clamp(left * focal + columns / 2.0 - 1, columns);
        int c1 = behind > 0 ? columns : clamp(right * focal + columns / 2.0 + 2, columns);
        int r0 = behind > 0 ? 0 : clamp(rows / 2.0 - high * focal - 1, rows);
        int r1 = behind > 0 ? rows : clamp(rows / 2.0 - low * focal + 2, rows);
        if (c0 < c1 && r0 < r1) {
            intersect(primitive, index, pose, axes, c0, c1, r0, r1);
        }
    }

    private static int clamp(double value, int size) {
        return (int) Math.max(0, Math.min(size, value));
    }

    private void intersect(
            Primitive primitive, int index, CameraPose pose, double[] axes, int c0, int c1, int r0, int r1) {
        double[] o = new double[3];
        double[] right = new double[3];
        double[] up = new double[3];
        double[] forward = new double[3];
        primitive.toLocal(
                pose.x() - primitive.centre[0], pose.y() - primitive.centre[1], pose.z() - primitive.centre[2], o);
        primitive.toLocal(axes[0], axes[1], axes[2], right);
        primitive.toLocal(axes[3], axes[4], axes[5], up);
        primitive.toLocal(axes[6], axes[7], axes[8], forward);
        for (int r = r0; r < r1; r++) {
            for (int c = c0; c < c1; c++) {
                int i = r * columns + c;
                double hit = primitive.hit(
                        o[0],
                        o[1],
                        o[2],
                        forward[0] + u[i] * right[0] + v[i] * up[0],
                        forward[1] + u[i] * right[1] + v[i] * up[1],
                        forward[2] + u[i] * right[2] + v[i] * up[2]);
                if (hit < depth[i]) {
                    depth[i] = hit;
                    seen[i] = index;
                }
            }
        }
    }

    int pixels() {
        return depth.length;
    }

    /** Distance along the forward axis; {@link Primitive#MISS} where nothing is seen. */
    double depth(int pixel) {
        return depth[pixel];
    }

    /** Index of the primitive seen, or -1. */
    int seen(int pixel) {
        return seen[pixel];
    }

    double u(int pixel) {
        return u[pixel];
    }

    double v(int pixel) {
        return v[pixel];
    }

    /** Whether a neighbour in the picture is much nearer or farther. */
    boolean atEdge(int pixel) {
        int c = pixel % columns;
        double limit = 0.06 * depth[pixel];
        return (c > 0 && Math.abs(depth[pixel - 1] - depth[pixel]) > limit)
                || (c < columns - 1 && Math.abs(depth[pixel + 1] - depth[pixel]) > limit)
                || (pixel >= columns && Math.abs(depth[pixel - columns] - depth[pixel]) > limit)
                || (pixel < depth.length - columns && Math.abs(depth[pixel + columns] - depth[pixel]) > limit);
    }
}
