package org.scenecontexts.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * Res16UNet34C whole, its maps built in every run.
 *
 * @since 0.1
 */
public class NetworkBenchmark extends WorkloadBenchmark {

    @Param({"forward", "step"})
    public String pass;

    @Param({"20k", "60k", "150k"})
    public String room;

    @Override
    protected String workloadName() {
        return "res16unet34c/" + pass + "/" + room;
    }
}
