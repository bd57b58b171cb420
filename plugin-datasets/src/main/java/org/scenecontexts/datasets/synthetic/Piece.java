package org.scenecontexts.datasets.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of furniture before it is placed: primitives in a frame of its own.
 *
 * <p>The origin lies on the floor under the middle; x runs along the width, +y is the front, z is up. Metres.
 */
final class Piece {

    private record Part(
            Primitive.Shape shape, double[] centre, double[] half, double yaw, double tilt, Material material) {}

    final RoomClass type;
    private final List<Part> parts = new ArrayList<>();
    private final double[] min = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    private final double[] max = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};

    Piece(RoomClass type) {
        this.type = type;
    }

    /** A box from its middle (x, y), lowest z, and full sizes. */
    Piece box(double x, double y, double z, double sizeX, double sizeY, double sizeZ, Material material) {
        return box(x, y, z, sizeX, sizeY, sizeZ, 0, 0, material);
    }

    /**
     * A turned box.
     *
     * @param yaw about z, radians
     * @param tilt about its own x axis, radians; positive leans backwards
     */
    Piece box(
            double x,
            double y,
            double z,
            double sizeX,
            double sizeY,
            double sizeZ,
            double yaw,
            double tilt,
            Material material) {
        double[] centre = {x, y, z + sizeZ / 2};
        return add(new Part(
                Primitive.Shape.BOX, centre, new double[] {sizeX / 2, sizeY / 2, sizeZ / 2}, yaw, tilt, material));
    }

    /** An upright cylinder, elliptic where the diameters differ. */
    Piece cylinder(double x, double y, double z, double diameterX, double diameterY, double height, Material material) {
        double[] centre = {x, y, z + height / 2};
        return add(new Part(
                Primitive.Shape.CYLINDER,
                centre,
                new double[] {diameterX / 2, diameterY / 2, height / 2},
                0,
                0,
                material));
    }

    Piece ellipsoid(double x, double y, double z, double sizeX, double sizeY, double sizeZ, Material material) {
        double[] centre = {x, y, z + sizeZ / 2};
        return add(new Part(
                Primitive.Shape.ELLIPSOID, centre, new double[] {sizeX / 2, sizeY / 2, sizeZ / 2}, 0, 0, material));
    }

    private Piece add(Part part) {
        parts.add(part);
        double[] rotation = toWorld(part.yaw(), part.tilt());
        for (int a = 0; a < 3; a++) {
            double reach = 0;
            for (int b = 0; b < 3; b++) {
                reach += Math.abs(rotation[3 * a + b]) * part.half()[b];
            }
            min[a] = Math.min(min[a], part.centre()[a] - reach);
            max[a] = Math.max(max[a], part.centre()[a] + reach);
        }
        return this;
    }

    double width() {
        return max[0] - min[0];
    }

    double depth() {
        return max[1] - min[1];
    }

    double height() {
        return max[2];
    }

    double min(int axis) {
        return min[axis];
    }

    double max(int axis) {
        return max[axis];
    }

    /** Rotation local to world, row-major: first tilt about x, then yaw about z. */
    private static double[] toWorld(double yaw, double tilt) {
        double cy = StrictMath.cos(yaw);
        double sy = StrictMath.sin(yaw);
        double ct = StrictMath.cos(tilt);
        double st = StrictMath.sin(tilt);
        return new double[] {cy, -sy * ct, sy * st, sy, cy * ct, -cy * st, 0, st, ct};
    }

    /** The primitives at a place in the world. */
    List<Primitive> placed(double x, double y, double z, double heading, int item) {
        double c = StrictMath.cos(heading);
        double s = StrictMath.sin(heading);
        List<Primitive> primitives = new ArrayList<>();
        for (Part part : parts) {
            double[] p = part.centre();
            double[] centre = {x + c * p[0] - s * p[1], y + s * p[0] + c * p[1], z + p[2]};
            double[] forward = toWorld(heading + part.yaw(), part.tilt());
            double[] inverse = new double[9];
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    inverse[3 * a + b] = forward[3 * b + a];
                }
            }
            primitives.add(new Primitive(part.shape(), centre, inverse, part.half(), part.material(), item));
        }
        return primitives;
    }
}
