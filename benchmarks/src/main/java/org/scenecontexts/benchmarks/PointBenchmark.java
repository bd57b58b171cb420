package org.scenecontexts.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * Operators on points.
 *
 * @since 0.1
 */
public class PointBenchmark extends WorkloadBenchmark {

    @Param({"farthest", "ball-query", "group", "three-nearest", "interpolate"})
    public String operator;

    @Override
    protected String workloadName() {
        return "points/" + operator + "/20k";
    }
}
