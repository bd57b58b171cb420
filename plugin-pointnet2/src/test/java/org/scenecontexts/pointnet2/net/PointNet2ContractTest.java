package org.scenecontexts.pointnet2.net;

import java.util.List;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.TestEngines;
import org.scenecontexts.testkit.BackboneContract;

class PointNet2ContractTest extends BackboneContract<PointNet2Config> {

    @Override
    protected BackboneFactory<PointNet2Config> factory() {
        return new PointNet2Factory();
    }

    @Override
    protected PointNet2Config config() {
        return new PointNet2Config(
                256,
                true,
                List.of(),
                List.of(0.2, 0.4, 0.8, 1.2),
                List.of(8, 8, 4, 4),
                List.of(1.0),
                0.125,
                12,
                Output.POINTS,
                true,
                0.1);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return TestEngines.cpu(threads);
    }
}
