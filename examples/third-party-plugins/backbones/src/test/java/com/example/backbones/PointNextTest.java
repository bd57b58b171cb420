package com.example.backbones;

import java.util.List;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.BackboneContract;
import org.scenecontexts.testkit.pipeline.KitEngines;

class PointNextTest extends BackboneContract<PointNextFactory.Config> {

    @Override
    protected BackboneFactory<PointNextFactory.Config> factory() {
        return new PointNextFactory();
    }

    @Override
    protected PointNextFactory.Config config() {
        return new PointNextFactory.Config(256, 8, List.of(0, 1, 0, 0), 0.2, 8, 2);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return KitEngines.cpu(threads);
    }
}
