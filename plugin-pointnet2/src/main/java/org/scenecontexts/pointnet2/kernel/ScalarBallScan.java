package org.scenecontexts.pointnet2.kernel;

/**
 * {@link BallScan} in plain Java, without a branch per point: which points are near follows no pattern that a processor
 * could learn.
 *
 * @since 0.1
 */
public final class ScalarBallScan implements BallScan {

    @Override
    public int find(Axes points, int from, int to, float x, float y, float z, float limit, int[] hits, int count) {
        float[] px = points.x();
        float[] py = points.y();
        float[] pz = points.z();
        int limitBits = Float.floatToRawIntBits(limit);
        int found = count;
        for (int i = from; i < to; i++) {
            float dx = x - px[i];
            float dy = y - py[i];
            float dz = z - pz[i];
            // Floats without a sign are ordered like their bits, what is not a number above all.
            int bits = Float.floatToRawIntBits(dx * dx + dy * dy + dz * dz) & Integer.MAX_VALUE;
            hits[found] = i;
            found += (bits - limitBits) >>> 31;
        }
        return found;
    }
}
