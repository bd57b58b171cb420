package org.scenecontexts.api.workload;

import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.data.Scene;

/**
 * Extension point: makes the clouds that workloads run on where no recorded ones are at hand, so that the framework needs
 * to know no data set.
 *
 * @since 0.1
 */
public interface WorkloadClouds extends ExtensionPoint {

    /** What the clouds are, in a few words for the heading of a table. */
    String description();

    /**
     * A room with as many voxels of {@link RoomSize#SPACING} as the size asks.
     *
     * @return one point per voxel, at its middle, with colours and labels {@code 0 .. 19} or
     *     {@link org.scenecontexts.api.data.Labels#IGNORE}; the same at every call
     */
    Scene room(RoomSize size);
}
