package org.scenecontexts.testkit.pipeline;

import java.util.List;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.DatasetContract;
import org.scenecontexts.testkit.KitContext;

class KitRoomsContractTest extends DatasetContract<KitRooms.Config> {

    @Override
    protected DatasetFactory<KitRooms.Config> factory() {
        return new KitRooms();
    }

    @Override
    protected KitRooms.Config config() {
        return new KitRooms.Config(4, 3, 120);
    }

    @Override
    protected BuildContext context(long seed) {
        return KitContext.withoutNetwork(new CpuEngine(1, List.of()), seed);
    }
}
