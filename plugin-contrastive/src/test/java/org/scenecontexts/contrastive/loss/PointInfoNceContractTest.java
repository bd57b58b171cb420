package org.scenecontexts.contrastive.loss;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.contrastive.TestEngines;
import org.scenecontexts.testkit.ContrastiveLossContract;

class PointInfoNceContractTest extends ContrastiveLossContract<PointInfoNceFactory.Config> {

    @Override
    protected LossFactory<PointInfoNceFactory.Config, ContrastiveLoss> factory() {
        return new PointInfoNceFactory();
    }

    @Override
    protected PointInfoNceFactory.Config config() {
        return new PointInfoNceFactory.Config(0.4, 15);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return TestEngines.cpu(threads);
    }
}
