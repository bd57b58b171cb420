package org.scenecontexts.datasets.augment;

import java.util.List;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Scene;

/** Moves a scene as a whole: positions, normals and boxes together. */
final class RigidMoves {

    private RigidMoves() {}

    /** Rotation about one axis (0 x, 1 y, 2 z), right-handed, row-major. */
    static double[] about(int axis, double angle) {
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return switch (axis) {
            case 0 -> new double[] {1, 0, 0, 0, c, -s, 0, s, c};
            case 1 -> new double[] {c, 0, s, 0, 1, 0, -s, 0, c};
            default -> new double[] {c, -s, 0, s, c, 0, 0, 0, 1};
        };
    }

    static double[] product(double[] a, double[] b) {
        double[] result = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                result[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
            }
        }
        return result;
    }

    /** Rotates about the origin; boxes stay upright and take over the turn about the vertical axis. */
    static Scene rotate(Scene scene, double[] rotation) {
        double turn = StrictMath.atan2(rotation[3], rotation[0]);
        List<Box> boxes = scene.boxes().stream()
                .map(b -> {
                    double x = rotation[0] * b.centreX() + rotation[1] * b.centreY() + rotation[2] * b.centreZ();
                    double y = rotation[3] * b.centreX() + rotation[4] * b.centreY() + rotation[5] * b.centreZ();
                    double z = rotation[6] * b.centreX() + rotation[7] * b.centreY() + rotation[8] * b.centreZ();
                    double heading = heading(b.heading() + turn);
                    return new Box(x, y, z, b.sizeX(), b.sizeY(), b.sizeZ(), heading, b.label(), b.instance());
                })
                .toList();
        return scene.withPositions(rotated(scene.positions(), rotation))
                .withNormals(rotated(scene.normals(), rotation))
                .withBoxes(boxes);
    }

    /** Boxes along the axes in place of turned ones, just large enough to hold them (REFERENCE 8.4). */
    static Scene enlarged(Scene scene) {
        return scene.withBoxes(scene.boxes().stream()
                .map(b -> {
                    double c = Math.abs(StrictMath.cos(b.heading()));
                    double s = Math.abs(StrictMath.sin(b.heading()));
                    return new Box(
                            b.centreX(),
                            b.centreY(),
                            b.centreZ(),
                            c * b.sizeX() + s * b.sizeY(),
                            s * b.sizeX() + c * b.sizeY(),
                            b.sizeZ(),
                            0,
                            b.label(),
                            b.instance());
                })
                .toList());
    }

    private static float[] rotated(float[] from, double[] r) {
        float[] to = new float[from.length];
        for (int i = 0; i < from.length; i += 3) {
            for (int a = 0; a < 3; a++) {
                to[i + a] = (float) (r[3 * a] * from[i] + r[3 * a + 1] * from[i + 1] + r[3 * a + 2] * from[i + 2]);
            }
        }
        return to;
    }

    /** Multiplies all lengths. */
    static Scene scale(Scene scene, double factor) {
        float[] positions = new float[scene.positions().length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) (scene.positions()[i] * factor);
        }
        List<Box> boxes = scene.boxes().stream()
                .map(b -> new Box(
                        b.centreX() * factor,
                        b.centreY() * factor,
                        b.centreZ() * factor,
                        b.sizeX() * factor,
                        b.sizeY() * factor,
                        b.sizeZ() * factor,
                        b.heading(),
                        b.label(),
                        b.instance()))
                .toList();
        return scene.withPositions(positions).withBoxes(boxes);
    }

    static Scene shift(Scene scene, double x, double y, double z) {
        float[] positions = scene.positions().clone();
        for (int i = 0; i < positions.length; i += 3) {
            positions[i] = (float) (positions[i] + x);
            positions[i + 1] = (float) (positions[i + 1] + y);
            positions[i + 2] = (float) (positions[i + 2] + z);
        }
        List<Box> boxes = scene.boxes().stream()
                .map(b -> new Box(
                        b.centreX() + x,
                        b.centreY() + y,
                        b.centreZ() + z,
                        b.sizeX(),
                        b.sizeY(),
                        b.sizeZ(),
                        b.heading(),
                        b.label(),
                        b.instance()))
                .toList();
        return scene.withPositions(positions).withBoxes(boxes);
    }

    /** Mirrors along one horizontal axis (0 x, 1 y): each coordinate becomes {@code sum - coordinate}. */
    static Scene mirror(Scene scene, int axis, double sum) {
        float[] positions = scene.positions().clone();
        for (int i = axis; i < positions.length; i += 3) {
            positions[i] = (float) (sum - positions[i]);
        }
        float[] normals = scene.normals().clone();
        for (int i = axis; i < normals.length; i += 3) {
            normals[i] = -normals[i];
        }
        List<Box> boxes = scene.boxes().stream()
                .map(b -> new Box(
                        axis == 0 ? sum - b.centreX() : b.centreX(),
                        axis == 1 ? sum - b.centreY() : b.centreY(),
                        b.centreZ(),
                        b.sizeX(),
                        b.sizeY(),
                        b.sizeZ(),
                        heading(axis == 0 ? Math.PI - b.heading() : -b.heading()),
                        b.label(),
                        b.instance()))
                .toList();
        return scene.withPositions(positions).withNormals(normals).withBoxes(boxes);
    }

    /** Brings an angle into (-pi, pi]. */
    static double heading(double angle) {
        double wrapped = Math.IEEEremainder(angle, 2 * Math.PI);
        return wrapped <= -Math.PI ? Math.PI : wrapped;
    }

    /** Smallest and largest coordinates: min x, y, z, max x, y, z. */
    static double[] bounds(float[] positions) {
        double inf = Double.POSITIVE_INFINITY;
        double[] bounds = {inf, inf, inf, -inf, -inf, -inf};
        for (int i = 0; i < positions.length; i++) {
            int a = i % 3;
            bounds[a] = Math.min(bounds[a], positions[i]);
            bounds[3 + a] = Math.max(bounds[3 + a], positions[i]);
        }
        return bounds;
    }
}
