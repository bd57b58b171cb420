package org.scenecontexts.pointgroup.ap;

/**
 * The true objects of one scene.
 *
 * @param labels class of each point, {@code [N]}; negative where unknown
 * @param instances object of each point, {@code [N]}; negative where it belongs to none
 * @since 0.2
 */
public record InstanceTruth(int[] labels, int[] instances) {

    /** @throws IllegalArgumentException when the two have different lengths */
    public InstanceTruth {
        if (labels.length != instances.length) {
            throw new IllegalArgumentException(labels.length + " labels and " + instances.length
                    + " instances; one of each per point is expected");
        }
    }
}
