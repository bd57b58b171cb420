package org.scenecontexts.contrastive.partition;

/**
 * The general variant: two shells by distance, each split by the angle in the xy plane and by the angle in the zy plane
 * (REFERENCE 4.4 b).
 *
 * <p>Directions exactly on a border between bins fall where the published single-precision arithmetic puts them: on
 * integer voxel coordinates that happens often. The two-bin cases are those results written as sign tests.
 */
public final class AngularBins implements Partitioner {

    private static final float TURN = (float) (2 * Math.PI);
    private static final float HALF_TURN = (float) Math.PI;

    /** Radians; the polynomial behind the estimates is off by less than a fifth of it. */
    private static final float ESTIMATE_ERROR = 1e-3f;

    private final float near;
    private final float far;
    private final int xyBins;
    private final int zyBins;

    /**
     * @param near inner radius: closer points are no negatives
     * @param far radius between the shells, same unit
     * @param xyBins sectors of the full turn about z, at least 1
     * @param zyBins sectors of the half turn about x, at least 1
     */
    public AngularBins(double near, double far, int xyBins, int zyBins) {
        this.near = (float) near;
        this.far = (float) far;
        this.xyBins = xyBins;
        this.zyBins = zyBins;
    }

    @Override
    public int count() {
        return 2 * xyBins * zyBins;
    }

    /** Sectors in the xy plane. */
    public int xyBins() {
        return xyBins;
    }

    /** Sectors in the zy plane. */
    public int zyBins() {
        return zyBins;
    }

    /** Inner radius. */
    public float near() {
        return near;
    }

    /** Radius between the shells. */
    public float far() {
        return far;
    }

    @Override
    public Rule rule() {
        return new Rule(Kind.ANGULAR_BINS, near, far, xyBins, zyBins);
    }

    @Override
    public void contexts(int anchor, Positions points, int[] out) {
        contexts(anchor, points, 0, out);
    }

    /** As {@link #contexts(int, Positions, int[])}, for the points from {@code from} on only. */
    public void contexts(int anchor, Positions points, int from, int[] out) {
        float[] x = points.x();
        float[] y = points.y();
        float[] z = points.z();
        float ax = x[anchor];
        float ay = y[anchor];
        float az = z[anchor];
        int perShell = xyBins * zyBins;
        for (int j = from; j < x.length; j++) {
            float dx = x[j] - ax;
            float dy = y[j] - ay;
            float dz = z[j] - az;
            float distance = (float) Math.sqrt(dx * dx + dy * dy + dz * dz + Distances.EPSILON);
            int shell = distance >= far ? perShell : 0;
            int context = shell + xyBin(dx, dy) * zyBins + zyBin(dy, dz);
            out[j] = distance >= near ? context : NONE;
        }
    }

    private int xyBin(float dx, float dy) {
        switch (xyBins) {
            case 1:
                return 0;
            case 2:
                return dy >= 0 ? 0 : 1;
            default:
                return sector(dy, dx, TURN, xyBins);
        }
    }

    private int zyBin(float dy, float dz) {
        switch (zyBins) {
            case 1:
                return 0;
            case 2:
                if (dy == 0) {
                    return dz >= 0 ? 0 : 1;
                }
                return dz == 0 ? (dy > 0 ? 1 : 0) : (dy > 0 == dz > 0 ? 0 : 1);
            default:
                return sector(dy, dz, HALF_TURN, zyBins);
        }
    }

    /**
     * The bin of the angle of {@code (a, b)}: from a quick estimate where that is clear, else by the published arithmetic, in
     * which a turn is added before the remainder, all in single precision.
     */
    private static int sector(float a, float b, float range, int bins) {
        float bin = estimate(a, b) / range * bins;
        float whole = (float) Math.floor(bin);
        float part = bin - whole;
        // Not so for the estimate of no direction at all, which is not a number.
        if (part * range > ESTIMATE_ERROR * bins && (1 - part) * range > ESTIMATE_ERROR * bins) {
            return Math.floorMod((int) whole, bins);
        }
        float inRange = ((float) Math.atan2(a, b) + TURN) % range;
        return Math.min(bins - 1, (int) (inRange / (range / bins)));
    }

    /** The angle of {@code (a, b)}, -pi to pi, within {@link #ESTIMATE_ERROR}. */
    private static float estimate(float a, float b) {
        float absA = Math.abs(a);
        float absB = Math.abs(b);
        float slope = Math.min(absA, absB) / Math.max(absA, absB);
        float s = slope * slope;
        float angle = ((-0.0464964749f * s + 0.15931422f) * s - 0.327622764f) * s * slope + slope;
        angle = absA > absB ? HALF_TURN / 2 - angle : angle;
        angle = b < 0 ? HALF_TURN - angle : angle;
        return a < 0 ? -angle : angle;
    }
}
