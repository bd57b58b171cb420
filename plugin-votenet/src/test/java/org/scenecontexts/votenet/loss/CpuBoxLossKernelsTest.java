package org.scenecontexts.votenet.loss;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;

/** The loss of boxes on the heap, where nothing has to be waited for. */
class CpuBoxLossKernelsTest extends BoxLossKernelsTest {

    @Override
    TensorEngine engine() {
        return new CpuEngine(2, List.of(new CpuBoxLossProvider()));
    }

    @Override
    int reads() {
        return 0;
    }
}
