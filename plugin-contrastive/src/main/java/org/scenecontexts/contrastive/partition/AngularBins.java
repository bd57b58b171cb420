package org.scenecontexts.contrastive.partition;

/**
 * The general variant: two shells by distance, each split by the angle in the xy plane and by the angle in the zy plane
 * (REFERENCE 4.4 b).
 */
public final class AngularBins implements Partitioner {

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
                // atan2 in [0, pi): the upper half plane with the positive x axis.
                return dy > 0 || (dy == 0 && dx >= 0) ? 0 : 1;
            default:
                return sector(Math.atan2(dy, dx), 2 * Math.PI, xyBins);
        }
    }

    private int zyBin(float dy, float dz) {
        switch (zyBins) {
            case 1:
                return 0;
            case 2:
                // atan2(y, z) modulo pi in [0, pi/2): y and z of one sign, or on the z axis.
                return dy == 0 || dy * dz > 0 ? 0 : 1;
            default:
                return sector(Math.atan2(dy, dz), Math.PI, zyBins);
        }
    }

    private static int sector(double angle, double turn, int bins) {
        double inTurn = angle - turn * Math.floor(angle / turn);
        return Math.min(bins - 1, (int) Math.floor(inTurn / (turn / bins)));
    }
}
