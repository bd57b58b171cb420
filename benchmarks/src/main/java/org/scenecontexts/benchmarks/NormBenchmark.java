package org.scenecontexts.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * Batch norm with residual and ReLU: {@code eval} forward on running statistics, {@code train} forward and backward.
 *
 * @since 0.1
 */
public class NormBenchmark extends WorkloadBenchmark {

    @Param({"eval", "train"})
    public String mode;

    @Param({"32", "64", "96", "128", "256"})
    public int channels;

    @Param({"20k", "60k", "150k"})
    public String room;

    @Override
    protected String workloadName() {
        return "norm/" + mode + "/" + channels + "/" + room;
    }
}
