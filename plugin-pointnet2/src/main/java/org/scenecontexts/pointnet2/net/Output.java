package org.scenecontexts.pointnet2.net;

/**
 * Where a PointNet++ gives features; decides how far up it is built.
 *
 * @since 0.1
 */
public enum Output {
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
