package org.scenecontexts.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * Sorting voxels and building kernel maps.
 *
 * @since 0.1
 */
public class KernelMapBenchmark extends WorkloadBenchmark {

    @Param({"sort", "cube3", "down2", "network"})
    public String kind;

    @Param({"20k", "60k", "150k"})
    public String room;

    @Override
    protected String workloadName() {
        return "map/" + kind + "/" + room;
    }
}
