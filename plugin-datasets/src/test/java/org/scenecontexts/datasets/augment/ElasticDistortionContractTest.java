package org.scenecontexts.datasets.augment;

import java.util.List;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.testkit.TransformContract;

class ElasticDistortionContractTest extends TransformContract<ElasticDistortion.Config> {

    @Override
    protected TransformFactory<ElasticDistortion.Config> factory() {
        return new ElasticDistortion();
    }

    @Override
    protected ElasticDistortion.Config config() {
        return new ElasticDistortion.Config(List.of(0.2, 0.8), List.of(0.4, 1.6), 1);
    }

    @Override
    protected BuildContext context(long seed) {
        return new TestContext();
    }
}
