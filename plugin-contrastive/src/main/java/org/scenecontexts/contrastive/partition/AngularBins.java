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

    @Override
    public void contexts(int anchor, Positions points, int[] out) {
        float[] x = points.x();
        float[] y = points.y();
        float[] z = points.z();
        float ax = x[anchor];
        float ay = y[anchor];
        float az = z[anchor];
        int perShell = xyBins * zyBins;
        for (int j = 0; j < x.length; j++) {
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
                return sector(Math.atan2(dy, dx), TURN, xyBins);
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
                return sector(Math.atan2(dy, dz), HALF_TURN, zyBins);
        }
    }

    /** The published arithmetic: a turn is added before the remainder, all in single precision. */
    private static int sector(double angle, float range, int bins) {
        float inRange = ((float) angle + TURN) % range;
        return Math.min(bins - 1, (int) (inRange / (range / bins)));
    }
}
