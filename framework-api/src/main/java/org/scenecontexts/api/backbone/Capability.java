package org.scenecontexts.api.backbone;

/**
 * What a backbone can give and a task may ask for; a pipeline whose task asks for more than its backbone gives is refused
 * before it runs.
 *
 * @since 0.1
 */
public enum Capability {
    /** A feature at every sampled point. */
    POINT_FEATURES,
    /** Features at a fixed number of well-spread seeds per scene (REFERENCE 8.1); comes with {@link #POINT_FEATURES}. */
    SEEDS,
    /** Sampled points lie on a voxel grid. */
    GRID
}
