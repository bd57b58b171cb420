package org.scenecontexts.contrastive.partition.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.contrastive.partition.AngularBins;
import org.scenecontexts.contrastive.partition.Distances;
import org.scenecontexts.contrastive.partition.Partitioner;
import org.scenecontexts.contrastive.partition.Positions;

/**
 * {@link AngularBins} for several points at a time, where each plane has one or two bins and signs decide; the same
 * contexts. Finer bins need angles and are left to the twin.
 */
public final class VectorAngularBins implements Partitioner {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    private final AngularBins twin;

    /** @param twin says where shells and bins are, and does what is left over at the end of a row */
    public VectorAngularBins(AngularBins twin) {
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
        if (twin.xyBins() > 2 || twin.zyBins() > 2) {
            twin.contexts(anchor, points, out);
            return;
        }
        float[] x = points.x();
        float[] y = points.y();
        float[] z = points.z();
        float ax = x[anchor];
        float ay = y[anchor];
        float az = z[anchor];
        float near = twin.near();
        float far = twin.far();
        int perShell = twin.xyBins() * twin.zyBins();
        int xyStep = twin.xyBins() == 2 ? twin.zyBins() : 0;
        int zyStep = twin.zyBins() == 2 ? 1 : 0;
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
            VectorMask<Float> right = dy.compare(VectorOperators.LT, 0f);
            VectorMask<Float> left = dy.compare(VectorOperators.GT, 0f);
            VectorMask<Float> down = dz.compare(VectorOperators.LT, 0f);
            VectorMask<Float> up = dz.compare(VectorOperators.GT, 0f);
            // The second half turn: signs differ, or exactly on the borders where the published arithmetic puts it.
            VectorMask<Float> second = down.andNot(right).or(left.andNot(up));
            IntVector shell = IntVector.zero(INTS)
                    .blend(perShell, distance.compare(VectorOperators.GE, far).cast(INTS));
            IntVector xy = IntVector.zero(INTS).blend(xyStep, right.cast(INTS));
            IntVector zy =
                    IntVector.zero(INTS).blend(zyStep, second.or(right.and(up)).cast(INTS));
            shell.add(xy)
                    .add(zy)
                    .blend(NONE, distance.compare(VectorOperators.LT, near).cast(INTS))
                    .intoArray(out, j);
        }
        twin.contexts(anchor, points, bound, out);
    }
}
