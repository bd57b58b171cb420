package org.scenecontexts.semseg;

import java.util.List;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.TaskContract;

class SemanticSegmentationContractTest extends TaskContract<SemanticSegmentationFactory.Config> {

    @Override
    protected TaskFactory<SemanticSegmentationFactory.Config> factory() {
        return new SemanticSegmentationFactory();
    }

    @Override
    protected SemanticSegmentationFactory.Config config() {
        return new SemanticSegmentationFactory.Config(
                new Choice<>(new CrossEntropyFactory(), new CrossEntropyFactory.Config(0, List.of())));
    }

    @Override
    protected TensorEngine engine(int threads) {
        return new CpuEngine(threads, List.of());
    }
}
