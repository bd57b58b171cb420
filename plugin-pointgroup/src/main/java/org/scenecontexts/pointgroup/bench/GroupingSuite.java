package org.scenecontexts.pointgroup.bench;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.WorkloadSuite;

/**
 * Offers the grouping of points into objects to be measured.
 *
 * @since 0.2
 */
@Extension
public final class GroupingSuite implements WorkloadSuite {

    @Override
    public String name() {
        return "grouping";
    }

    @Override
    public String summary() {
        return "Groups of 200,000 points within 3 cm, on surfaces and moved onto 30 centres, with and without a cap.";
    }

    @Override
    public List<Workload> workloads() {
        return GroupingWorkloads.all();
    }
}
