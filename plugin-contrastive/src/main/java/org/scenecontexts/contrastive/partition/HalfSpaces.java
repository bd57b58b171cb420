package org.scenecontexts.contrastive.partition;

/**
 * The published fast variant: two shells by distance, each split into above and below (REFERENCE 4.4 a).
 *
 * <p>Points within {@code near}, and points at exactly the anchor's height, are no negatives.
 */
public final class HalfSpaces implements Partitioner {

    private final float near;
    private final float far;

    /**
     * @param near inner radius
     * @param far radius between the shells, same unit
     */
    public HalfSpaces(double near, double far) {
        this.near = (float) near;
        this.far = (float) far;
    }

    @Override
    public int count() {
        return 4;
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
        return new Rule(Kind.HALF_SPACES, near, far, 1, 1);
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
        for (int j = from; j < x.length; j++) {
            float dx = x[j] - ax;
            float dy = y[j] - ay;
            float dz = z[j] - az;
            float distance = (float) Math.sqrt(dx * dx + dy * dy + dz * dz + Distances.EPSILON);
            int shell = distance > far ? 2 : 0;
            int context = dz < 0 ? shell + 1 : shell;
            out[j] = distance > near && dz != 0 ? context : NONE;
        }
    }
}
