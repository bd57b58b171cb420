package com.example.backbones;

import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.BackboneContract;
import org.scenecontexts.testkit.pipeline.KitEngines;

class DgcnnTest extends BackboneContract<DgcnnFactory.Config> {

    @Override
    protected BackboneFactory<DgcnnFactory.Config> factory() {
        return new DgcnnFactory();
    }

    @Override
    protected DgcnnFactory.Config config() {
        return new DgcnnFactory.Config(128, 6, 0.125);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return KitEngines.cpu(threads);
    }
}
