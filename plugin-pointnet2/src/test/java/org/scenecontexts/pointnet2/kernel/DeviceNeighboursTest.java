package org.scenecontexts.pointnet2.kernel;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.DeviceEngines;
import org.scenecontexts.testkit.conformance.NeighbourConformance;

/** Where values stay on a device; skipped, with the reason, where there is none. */
class DeviceNeighboursTest extends NeighbourConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return DeviceEngines.open();
    }
}
