package org.scenecontexts.contrastive.partition;

import org.scenecontexts.contrastive.SimdChoice;

/**
 * Sorts the points around an anchor into spatial contexts, each of which contributes a contrast of its own (Contrastive
 * Scene Contexts, section 3; REFERENCE 4.4).
 */
public interface Partitioner {

    /** Context of a point that is no negative for the anchor. */
    int NONE = -1;

    /** Number of contexts, P. */
    int count();

    /**
     * Contexts of all points relative to one of them.
     *
     * @param anchor index of the anchor, {@code 0 .. n-1}
     * @param points positions
     * @param out {@code [n]}, written: {@code 0 .. P-1} or {@link #NONE}; what is written for the anchor itself has no
     *     meaning
     */
    void contexts(int anchor, Positions points, int[] out);

    /** How it sorts, for devices that do it themselves. */
    Rule rule();

    /** The ways to sort that there are. */
    enum Kind {
        /** All points are in one context. */
        EVERYTHING,
        /** {@link HalfSpaces}. */
        HALF_SPACES,
        /** {@link AngularBins}. */
        ANGULAR_BINS
    }

    /**
     * A way to sort with its borders.
     *
     * @param near inner radius
     * @param far radius between the shells
     * @param xyBins sectors in the xy plane, 1 where there are none
     * @param zyBins sectors in the zy plane, 1 where there are none
     */
    record Rule(Kind kind, float near, float far, int xyBins, int zyBins) {}

    /** The fast way to sort into the contexts of half-spaces on this machine. */
    static Partitioner best(HalfSpaces scalar) {
        String vector = Partitioner.class.getPackageName() + ".vector.VectorHalfSpaces";
        return SimdChoice.best(Partitioner.class, vector, scalar, HalfSpaces.class);
    }

    /** The fast way to sort into the contexts of angular bins on this machine. */
    static Partitioner best(AngularBins scalar) {
        String vector = Partitioner.class.getPackageName() + ".vector.VectorAngularBins";
        return SimdChoice.best(Partitioner.class, vector, scalar, AngularBins.class);
    }

    /** One context that holds every point: plain PointInfoNCE. */
    static Partitioner everything() {
        return new Partitioner() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public Rule rule() {
                return new Rule(Kind.EVERYTHING, 0, 0, 1, 1);
            }

            @Override
            public void contexts(int anchor, Positions points, int[] out) {
                java.util.Arrays.fill(out, 0, points.size(), 0);
            }
        };
    }
}
