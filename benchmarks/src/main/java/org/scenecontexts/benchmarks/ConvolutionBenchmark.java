package org.scenecontexts.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * Sparse convolutions: {@code conv3} is 3x3x3, {@code down2} and {@code up2} are 2x2x2 with stride 2 and back.
 *
 * @since 0.1
 */
public class ConvolutionBenchmark extends WorkloadBenchmark {

    @Param({"conv3", "down2", "up2"})
    public String shape;

    @Param({"forward", "input-gradient", "weight-gradient"})
    public String pass;

    @Param({"32", "64", "96", "128", "256"})
    public int channels;

    @Param({"20k", "60k", "150k"})
    public String room;

    @Override
    protected String workloadName() {
        return shape + "/" + pass + "/" + channels + "/" + room;
    }
}
