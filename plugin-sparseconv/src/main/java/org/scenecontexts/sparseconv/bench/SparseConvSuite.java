package org.scenecontexts.sparseconv.bench;

import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.WorkloadSuite;

/**
 * Offers kernel maps, sparse convolutions and the published network to be measured.
 *
 * @since 0.1
 */
@Extension
public final class SparseConvSuite implements WorkloadSuite {

    @Override
    public String name() {
        return "sparse-convolution";
    }

    @Override
    public String summary() {
        return "Kernel maps, sparse convolutions forward and backward, Res16UNet34C whole.";
    }

    @Override
    public List<Workload> workloads() {
        List<Workload> all = new ArrayList<>(MapWorkloads.all());
        all.addAll(ConvWorkloads.all());
        all.addAll(NetworkWorkloads.all());
        return all;
    }
}
