package com.example.opendata;

import org.junit.jupiter.api.AfterEach;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.testkit.DatasetContract;
import org.scenecontexts.testkit.KitContext;
import org.scenecontexts.testkit.pipeline.KitEngines;

class LandscapesTest extends DatasetContract<Landscapes.Config> {

    private final TensorEngine engine = KitEngines.cpu(1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    protected DatasetFactory<Landscapes.Config> factory() {
        return new Landscapes();
    }

    @Override
    protected Landscapes.Config config() {
        return new Landscapes.Config(5, 200, 3);
    }

    @Override
    protected BuildContext context(long seed) {
        return KitContext.withoutNetwork(engine, seed);
    }
}
