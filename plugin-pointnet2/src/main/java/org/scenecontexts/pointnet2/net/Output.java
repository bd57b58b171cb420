package org.scenecontexts.pointnet2.net;

/**
 * Where a PointNet++ gives features, which decides how far up it is built.
 *
 * @since 0.1
 */
public enum Output {
    /** Where the task asks for them; at every point where nothing asks. */
    AUTO(4),
    /** At every point: segmentation and pre-training. */
    POINTS(4),
    /** At the centres of the second set abstraction: detection. */
    SEEDS(2);

    private final int propagations;

    Output(int propagations) {
        this.propagations = propagations;
    }

    /** Number of feature propagations. */
    int propagations() {
        return propagations;
    }
}
