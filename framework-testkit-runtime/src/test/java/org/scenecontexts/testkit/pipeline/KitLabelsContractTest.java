package org.scenecontexts.testkit.pipeline;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.TaskContract;

class KitLabelsContractTest extends TaskContract<KitLabels.Config> {

    @Override
    protected TaskFactory<KitLabels.Config> factory() {
        return new KitLabels();
    }

    @Override
    protected KitLabels.Config config() {
        return new KitLabels.Config();
    }

    @Override
    protected TensorEngine engine(int threads) {
        return new CpuEngine(threads, List.of());
    }
}
