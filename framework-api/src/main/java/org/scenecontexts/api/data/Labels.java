package org.scenecontexts.api.data;

/**
 * The label values that are not classes or objects.
 *
 * <p>Classes are numbered {@code 0 .. K-1} everywhere inside the system; data sets translate the numbers of their files
 * (REFERENCE 5.2, 5.3) when they load a scene.
 *
 * @since 0.1
 */
public final class Labels {

    /** Semantic label of a point that takes no part in training or evaluation (255 in the published files). */
    public static final int IGNORE = -1;

    /**
     * Semantic label of a point that nobody has looked at, although the scene has labels: treated like {@link #IGNORE},
     * except that it says nothing against the labels of other points of its voxel.
     */
    public static final int UNSEEN = -2;

    /** Instance id of a point that belongs to no object. */
    public static final int NO_INSTANCE = -1;

    private Labels() {}
}
