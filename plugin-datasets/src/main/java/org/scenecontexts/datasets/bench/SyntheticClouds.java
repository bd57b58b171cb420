package org.scenecontexts.datasets.bench;

import org.pf4j.Extension;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.WorkloadClouds;

/**
 * Makes rooms of given sizes to measure on where no recorded clouds are at hand.
 *
 * @since 0.1
 */
@Extension
public final class SyntheticClouds implements WorkloadClouds {

    @Override
    public String description() {
        return "synthetic rooms at 2 cm, made by plugin-datasets";
    }

    @Override
    public Scene room(RoomSize size) {
        return RoomVoxels.room(size);
    }
}
