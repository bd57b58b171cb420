package org.scenecontexts.semseg;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.LossContract;

class CrossEntropyContractTest extends LossContract<CrossEntropyFactory.Config> {

    @Override
    protected LossFactory<CrossEntropyFactory.Config, ClassificationLoss> factory() {
        return new CrossEntropyFactory();
    }

    @Override
    protected CrossEntropyFactory.Config config() {
        return new CrossEntropyFactory.Config(0.1, List.of(1.0, 2.0, 1.0, 0.5, 1.0));
    }

    @Override
    protected TensorEngine engine(int threads) {
        return new CpuEngine(threads, List.of());
    }
}
