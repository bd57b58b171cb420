package org.scenecontexts.bench;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.WorkloadSuite;

/**
 * Offers the engine's own work to be measured: products, copies, batch norm, loss and optimizer.
 *
 * @since 0.1
 */
@Extension
public final class EngineSuite implements WorkloadSuite {

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String summary() {
        return "Matrix products, copies, batch norm, cross-entropy and SGD of the engine.";
    }

    @Override
    public List<Workload> workloads() {
        return EngineWorkloads.all();
    }
}
