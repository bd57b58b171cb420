package org.scenecontexts.contrastive.loss;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.contrastive.TestEngines;
import org.scenecontexts.testkit.ContrastiveLossContract;

class HardestContrastiveContractTest extends ContrastiveLossContract<HardestContrastiveFactory.Config> {

    @Override
    protected LossFactory<HardestContrastiveFactory.Config, ContrastiveLoss> factory() {
        return new HardestContrastiveFactory();
    }

    @Override
    protected HardestContrastiveFactory.Config config() {
        return new HardestContrastiveFactory.Config(12, 7, 0.1, 1.4, 0.7);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return TestEngines.cpu(threads);
    }
}
