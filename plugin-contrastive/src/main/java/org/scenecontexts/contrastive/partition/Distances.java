package org.scenecontexts.contrastive.partition;

/** What both partitioners share about distances. */
public final class Distances {

    /** Added under the square root of every squared distance (REFERENCE 4.4). */
    public static final float EPSILON = 1e-7f;

    private Distances() {}
}
