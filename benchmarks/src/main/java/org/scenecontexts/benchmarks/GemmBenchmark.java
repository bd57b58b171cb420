package org.scenecontexts.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * Products of square matrices.
 *
 * @since 0.1
 */
public class GemmBenchmark extends WorkloadBenchmark {

    @Param({"512", "1024", "2048"})
    public int size;

    @Override
    protected String workloadName() {
        return "gemm/" + size;
    }
}
