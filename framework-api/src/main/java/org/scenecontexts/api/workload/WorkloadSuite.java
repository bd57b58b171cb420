package org.scenecontexts.api.workload;

import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * Extension point: pieces of work that {@code csc bench} and the JMH benchmarks measure, so that whoever brings operators
 * or networks says himself what they cost and is measured beside all others.
 *
 * <p>Suites are constructed whenever plugins are listed: keep the class small and make workloads elsewhere.
 *
 * @since 0.1
 */
public interface WorkloadSuite extends ExtensionPoint {

    /** Name for listings, in lower-case words joined by hyphens. */
    String name();

    /** One line for listings: what is measured. */
    String summary();

    /** All pieces of work, cheapest first; nothing is computed here. Names are unique over all suites. */
    List<Workload> workloads();
}
