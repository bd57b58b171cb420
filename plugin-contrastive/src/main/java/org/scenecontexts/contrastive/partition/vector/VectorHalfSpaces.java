package org.scenecontexts.contrastive.partition.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.contrastive.partition.Distances;
import org.scenecontexts.contrastive.partition.HalfSpaces;
import org.scenecontexts.contrastive.partition.Partitioner;
import org.scenecontexts.contrastive.partition.Positions;

/** {@link HalfSpaces} for several points at a time; the same arithmetic in the same order, so the same contexts. */
public final class VectorHalfSpaces implements Partitioner {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    private final HalfSpaces twin;

    /** @param twin says where the shells are, and does what is left over at the end of a row */
    public VectorHalfSpaces(HalfSpaces twin) {
        this.twin = twin;
    }

    @Override
    public int count() {
        return twin.count();
    }

    @Override
    public Rule rule() {
        return twin.rule();
    }

    @Override
    public void contexts(int anchor, Positions points, int[] out) {
        float[] x = points.x();
        float[] y = points.y();
        float[] z = points.z();
        float ax = x[anchor];
        float ay = y[anchor];
        float az = z[anchor];
        float near = twin.near();
        float far = twin.far();
        int bound = FLOATS.loopBound(x.length);
        for (int j = 0; j < bound; j += FLOATS.length()) {
            FloatVector dx = FloatVector.fromArray(FLOATS, x, j).sub(ax);
            FloatVector dy = FloatVector.fromArray(FLOATS, y, j).sub(ay);
            FloatVector dz = FloatVector.fromArray(FLOATS, z, j).sub(az);
            FloatVector distance = dx.mul(dx)
                    .add(dy.mul(dy))
                    .add(dz.mul(dz))
                    .add(Distances.EPSILON)
                    .lanewise(VectorOperators.SQRT);
            VectorMask<Float> used = distance.compare(VectorOperators.GT, near).and(dz.compare(VectorOperators.NE, 0f));
            IntVector below = IntVector.zero(INTS)
                    .blend(1, dz.compare(VectorOperators.LT, 0f).cast(INTS));
            IntVector outer = IntVector.zero(INTS)
                    .blend(2, distance.compare(VectorOperators.GT, far).cast(INTS));
            below.add(outer).blend(NONE, used.not().cast(INTS)).intoArray(out, j);
        }
        twin.contexts(anchor, points, bound, out);
    }
}
