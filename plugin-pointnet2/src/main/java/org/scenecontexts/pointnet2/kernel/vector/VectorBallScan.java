package org.scenecontexts.pointnet2.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.pointnet2.kernel.Axes;
import org.scenecontexts.pointnet2.kernel.BallScan;

/**
 * {@link BallScan} for a vector of points at a time. The outcomes of 64 points become the bits of one number, so that the
 * loop over hits ends, and is mispredicted, once per 64.
 *
 * @since 0.1
 */
public final class VectorBallScan implements BallScan {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public int find(Axes points, int from, int to, float x, float y, float z, float limit, int[] hits, int count) {
        int found = count;
        for (int block = from; block < to; block += Long.SIZE) {
            int size = Math.min(Long.SIZE, to - block);
            long near = 0;
            for (int j = 0; j < size; j += LANES) {
                near |= near(points, block + j, x, y, z, limit) << j;
            }
            // The last vector may reach beyond the run.
            near &= -1L >>> -size;
            for (; near != 0; near &= near - 1) {
                hits[found++] = block + Long.numberOfTrailingZeros(near);
            }
        }
        return found;
    }

    /** A bit for each point of a vector; no fused multiplication, which would round differently. */
    private static long near(Axes points, int at, float x, float y, float z, float limit) {
        FloatVector dx = FloatVector.fromArray(SPECIES, points.x(), at).sub(x);
        FloatVector dy = FloatVector.fromArray(SPECIES, points.y(), at).sub(y);
        FloatVector dz = FloatVector.fromArray(SPECIES, points.z(), at).sub(z);
        return dx.mul(dx)
                .add(dy.mul(dy))
                .add(dz.mul(dz))
                .compare(VectorOperators.LT, limit)
                .toLong();
    }
}
