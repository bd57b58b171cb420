package com.example.tiny;

import org.junit.jupiter.api.AfterEach;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.testkit.DatasetContract;
import org.scenecontexts.testkit.KitContext;
import org.scenecontexts.testkit.pipeline.KitEngines;

class TwoPlanesTest extends DatasetContract<TwoPlanesFactory.Config> {

    private final TensorEngine engine = KitEngines.cpu(1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    protected DatasetFactory<TwoPlanesFactory.Config> factory() {
        return new TwoPlanesFactory();
    }

    @Override
    protected TwoPlanesFactory.Config config() {
        return new TwoPlanesFactory.Config(3, 100, 0.02);
    }

    @Override
    protected BuildContext context(long seed) {
        return KitContext.withoutNetwork(engine, seed);
    }
}
