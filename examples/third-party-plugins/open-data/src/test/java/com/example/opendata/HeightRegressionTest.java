package com.example.opendata;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.testkit.KitContext;
import org.scenecontexts.testkit.TaskContract;
import org.scenecontexts.testkit.pipeline.KitEngines;

class HeightRegressionTest extends TaskContract<HeightRegression.Config> {

    private final TensorEngine host = KitEngines.cpu(1);

    @AfterEach
    void close() {
        host.close();
    }

    @Override
    protected TaskFactory<HeightRegression.Config> factory() {
        return new HeightRegression();
    }

    @Override
    protected HeightRegression.Config config() {
        return new HeightRegression.Config("elevation", 2);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return KitEngines.cpu(threads);
    }

    @Override
    protected Dataset data() {
        return new Landscapes().create(new Landscapes.Config(4, 300, 7), KitContext.withoutNetwork(host, 1));
    }

    @Override
    protected List<InputFeature> inputs() {
        return List.of(InputFeature.HEIGHT, InputFeature.parse("intensity/65535"));
    }
}
