package org.scenecontexts.votenet.loss;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.OpaqueEngine;

/** The loss of boxes on an engine without arrays and without kernels of its own: everything is read at once. */
class ComposedBoxLossKernelsTest extends BoxLossKernelsTest {

    @Override
    TensorEngine engine() {
        return new OpaqueEngine(new CpuEngine(1, List.of()), List.of(new ComposedBoxLossProvider()));
    }

    @Override
    int reads() {
        return 1;
    }
}
