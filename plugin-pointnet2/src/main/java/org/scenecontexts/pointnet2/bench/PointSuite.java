package org.scenecontexts.pointnet2.bench;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.WorkloadSuite;

/**
 * Offers the operators on points to be measured.
 *
 * @since 0.1
 */
@Extension
public final class PointSuite implements WorkloadSuite {

    @Override
    public String name() {
        return "point-operators";
    }

    @Override
    public String summary() {
        return "Farthest points, ball query, three nearest, grouping and interpolation; PointNet++ whole.";
    }

    @Override
    public List<Workload> workloads() {
        return PointWorkloads.all();
    }
}
