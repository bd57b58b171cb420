package org.scenecontexts.datasets.synthetic;

/**
 * A box, upright cylinder or ellipsoid in any pose, and where rays meet it.
 *
 * <p>Rays are handed over in the primitive's own frame, whose axes are the rows of the rotation.
 */
final class Primitive {

    /** What the local half sizes bound. */
    enum Shape {
        BOX,
        CYLINDER,
        ELLIPSOID
    }

    /** No hit. */
    static final double MISS = Double.POSITIVE_INFINITY;

    private static final double EPSILON = 1e-9;

    final Shape shape;
    final double[] centre;
    /** Rotation world to local, row-major. */
    final double[] rotation;

    final double[] half;
    final Material material;
    final int item;

    Primitive(Shape shape, double[] centre, double[] rotation, double[] half, Material material, int item) {
        this.shape = shape;
        this.centre = centre;
        this.rotation = rotation;
        this.half = half;
        this.material = material;
        this.item = item;
    }

    /** Turns a world vector into the local frame. */
    void toLocal(double x, double y, double z, double[] to) {
        for (int a = 0; a < 3; a++) {
            to[a] = rotation[3 * a] * x + rotation[3 * a + 1] * y + rotation[3 * a + 2] * z;
        }
    }

    /** One of the eight corners of the bounding box, in the world. */
    void corner(int index, double[] to) {
        double x = (index & 1) == 0 ? -half[0] : half[0];
        double y = (index & 2) == 0 ? -half[1] : half[1];
        double z = (index & 4) == 0 ? -half[2] : half[2];
        for (int a = 0; a < 3; a++) {
            to[a] = centre[a] + rotation[a] * x + rotation[3 + a] * y + rotation[6 + a] * z;
        }
    }

    /**
     * Where a ray enters.
     *
     * @return distance along the direction, in its lengths; {@link #MISS} when it does not hit or starts inside
     */
    double hit(double ox, double oy, double oz, double dx, double dy, double dz) {
        return switch (shape) {
            case BOX -> hitBox(ox, oy, oz, dx, dy, dz);
            case CYLINDER -> hitCylinder(ox, oy, oz, dx, dy, dz);
            case ELLIPSOID -> hitEllipsoid(ox, oy, oz, dx, dy, dz);
        };
    }

    private double hitBox(double ox, double oy, double oz, double dx, double dy, double dz) {
        double ix = 1 / dx;
        double iy = 1 / dy;
        double iz = 1 / dz;
        double x0 = (-half[0] - ox) * ix;
        double x1 = (half[0] - ox) * ix;
        double y0 = (-half[1] - oy) * iy;
        double y1 = (half[1] - oy) * iy;
        double z0 = (-half[2] - oz) * iz;
        double z1 = (half[2] - oz) * iz;
        double enter = Math.max(Math.max(Math.min(x0, x1), Math.min(y0, y1)), Math.min(z0, z1));
        double leave = Math.min(Math.min(Math.max(x0, x1), Math.max(y0, y1)), Math.max(z0, z1));
        return enter <= leave && enter > 0 ? enter : MISS;
    }

    private double hitCylinder(double ox, double oy, double oz, double dx, double dy, double dz) {
        double sx = 1 / half[0];
        double sy = 1 / half[1];
        double px = ox * sx;
        double py = oy * sy;
        double vx = dx * sx;
        double vy = dy * sy;
        double a = vx * vx + vy * vy;
        double b = px * vx + py * vy;
        double c = px * px + py * py - 1;
        double side = b * b - a * c;
        if (side < 0) {
            return MISS;
        }
        double root = Math.sqrt(side);
        double enter = a < EPSILON ? (c > 0 ? MISS : Double.NEGATIVE_INFINITY) : (-b - root) / a;
        double leave = a < EPSILON ? MISS : (-b + root) / a;
        double z0 = (-half[2] - oz) / dz;
        double z1 = (half[2] - oz) / dz;
        enter = Math.max(enter, Math.min(z0, z1));
        leave = Math.min(leave, Math.max(z0, z1));
        return enter <= leave && enter > 0 ? enter : MISS;
    }

    private double hitEllipsoid(double ox, double oy, double oz, double dx, double dy, double dz) {
        double px = ox / half[0];
        double py = oy / half[1];
        double pz = oz / half[2];
        double vx = dx / half[0];
        double vy = dy / half[1];
        double vz = dz / half[2];
        double a = vx * vx + vy * vy + vz * vz;
        double b = px * vx + py * vy + pz * vz;
        double c = px * px + py * py + pz * pz - 1;
        double side = b * b - a * c;
        if (side < 0) {
            return MISS;
        }
        double enter = (-b - Math.sqrt(side)) / a;
        return enter > 0 ? enter : MISS;
    }

    /** Outward normal at a place on the surface; both in the local frame, the normal of length one. */
    void normal(double x, double y, double z, double[] to) {
        double ax = x / half[0];
        double ay = y / half[1];
        double az = z / half[2];
        to[0] = 0;
        to[1] = 0;
        to[2] = 0;
        if (shape == Shape.BOX) {
            double mx = Math.abs(ax);
            double my = Math.abs(ay);
            double mz = Math.abs(az);
            int axis = mx >= my && mx >= mz ? 0 : my >= mz ? 1 : 2;
            to[axis] = Math.signum(axis == 0 ? ax : axis == 1 ? ay : az);
            return;
        }
        if (shape == Shape.CYLINDER && Math.abs(az) > Math.sqrt(ax * ax + ay * ay)) {
            to[2] = Math.signum(az);
            return;
        }
        double nx = ax / half[0];
        double ny = ay / half[1];
        double nz = shape == Shape.CYLINDER ? 0 : az / half[2];
        double length = Math.sqrt(nx * nx + ny * ny + nz * nz);
        to[0] = nx / length;
        to[1] = ny / length;
        to[2] = nz / length;
    }
}
