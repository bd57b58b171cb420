package com.example.backbones;

import java.util.List;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.BackboneContract;
import org.scenecontexts.testkit.pipeline.KitEngines;

class PointTransformerTest extends BackboneContract<PointTransformerFactory.Config> {

    @Override
    protected BackboneFactory<PointTransformerFactory.Config> factory() {
        return new PointTransformerFactory();
    }

    @Override
    protected PointTransformerFactory.Config config() {
        return new PointTransformerFactory.Config(
                0.1, 0.25, List.of(1, 1), List.of(32, 64), List.of(1), List.of(32), 16, 0.3, true);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return KitEngines.cpu(threads);
    }
}
