package org.scenecontexts.resident;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.testkit.DenseKernelsConformance;
import org.scenecontexts.testkit.HostDense;

/** All dense primitives on a device where values stay; skipped, with the reason, where there is none. */
class ResidentDenseKernelsTest extends DenseKernelsConformance {

    private static ResidentEngine engine;

    @BeforeAll
    static void open() {
        engine = Engines.open();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Override
    protected DenseKernels kernels(Parallel parallel) {
        return engine.dense();
    }

    @Override
    protected HostDense host(Parallel parallel) {
        return new HostDense(kernels(parallel), engine::bufferOf, values -> engine.labels(values, Integer.MAX_VALUE));
    }
}
