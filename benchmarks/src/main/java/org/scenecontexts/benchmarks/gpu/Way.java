package org.scenecontexts.benchmarks.gpu;

import java.util.List;

/**
 * In which way something is computed, so that no figure stands for one that was measured in another way.
 *
 * @param driver by which the card is reached
 * @param compute to what operands of products are rounded, as under {@code compute:}
 * @param graphs whether kernels are launched as CUDA graphs
 */
record Way(Driver driver, String compute, boolean graphs) {

    /** Everything that {@code compute:} can be, float32 first. */
    static final List<String> COMPUTES = List.of("fp32", "tf32", "bf16");

    static final String FP32 = COMPUTES.getFirst();

    static Way of(Driver driver, String compute) {
        return new Way(driver, compute, false);
    }

    /** The same by CUDA graphs. */
    Way asGraphs() {
        return new Way(driver, compute, true);
    }

    /** Name of the figure of a row of {@code csc bench}. */
    String figure(String row) {
        return row + "/" + driver.word() + "/" + compute + (graphs ? "/graphs" : "");
    }

    /** In words. */
    String text() {
        return label(compute) + ", " + driver.label() + (graphs ? " with graphs" : "");
    }

    /** How texts write what stands under {@code compute:}. */
    static String label(String compute) {
        return compute.equals("tf32") ? "TF32" : compute;
    }
}
