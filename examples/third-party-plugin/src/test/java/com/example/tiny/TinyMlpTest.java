package com.example.tiny;

import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.BackboneContract;
import org.scenecontexts.testkit.pipeline.KitEngines;

/** What csc relies on in every backbone, on this one: the tests are inherited. */
class TinyMlpTest extends BackboneContract<TinyMlpFactory.Config> {

    @Override
    protected BackboneFactory<TinyMlpFactory.Config> factory() {
        return new TinyMlpFactory();
    }

    @Override
    protected TinyMlpFactory.Config config() {
        return new TinyMlpFactory.Config(16, 2, 128);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return KitEngines.cpu(threads);
    }
}
