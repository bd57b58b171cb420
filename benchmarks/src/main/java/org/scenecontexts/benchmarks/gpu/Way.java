package org.scenecontexts.benchmarks.gpu;

import java.util.List;

/**
 * In which way something is computed, so that no figure stands for one that was measured in another way.
 *
 * @param driver by which the card is reached
 * @param compute to what operands of products are rounded, as under {@code compute:}
 * @param graphs whether kernels are launched as CUDA graphs
 * @param stores whether results are stored as bfloat16
 */
record Way(Driver driver, String compute, boolean graphs, boolean stores) {

    /** Everything that {@code compute:} can be, float32 first. */
    static final List<String> COMPUTES = List.of("fp32", "tf32", "bf16");

    static final String FP32 = COMPUTES.getFirst();

    static final String BF16 = COMPUTES.getLast();

    static Way of(Driver driver, String compute) {
        return new Way(driver, compute, false, false);
    }

    /** The same by CUDA graphs. */
    Way asGraphs() {
        return new Way(driver, compute, true, stores);
    }

    /** The same with results stored as bfloat16. */
    Way storing() {
        return new Way(driver, compute, graphs, true);
    }

    /** Name of the figure of a row of {@code csc bench}. */
    String figure(String row) {
        return row + "/" + driver.word() + "/" + compute + (stores ? "/stored" : "") + (graphs ? "/graphs" : "");
    }

    /** In words. */
    String text() {
        return label(compute) + (stores ? ", results stored as bf16" : "") + ", " + driver.label()
                + (graphs ? " with graphs" : "");
    }

    /** How texts write what stands under {@code compute:}. */
    static String label(String compute) {
        return compute.equals("tf32") ? "TF32" : compute;
    }
}
