package org.scenecontexts.sparseconv.kernel;

import org.scenecontexts.sparseconv.kernel.vector.VectorSparseConvKernels;

/**
 * Picks the fastest {@link SparseConvKernels} that this Java can run, and says why.
 *
 * <p>The system property {@code csc.simd} forces {@code scalar} or {@code vector}.
 *
 * @param kernels the implementation to use
 * @param reason one sentence for the log
 * @since 0.1
 */
public record SparseConvKernelsChoice(SparseConvKernels kernels, String reason) {

    private static final int MIN_BITS = 128;

    /**
     * Picks for this Java virtual machine; call it once and keep the result.
     *
     * @throws IllegalStateException if {@code csc.simd} asks for what is not there, or for something unknown
     */
    public static SparseConvKernelsChoice forThisMachine() {
        String forced = System.getProperty("csc.simd", "");
        return switch (forced) {
            case "scalar" -> scalar("csc.simd=scalar asks for it");
            case "vector" -> {
                if (!moduleIsPresent()) {
                    throw new IllegalStateException("csc.simd=vector, but module jdk.incubator.vector is not there;"
                            + " start Java with --add-modules jdk.incubator.vector");
                }
                yield vector("csc.simd=vector asks for it");
            }
            case "" -> automatic();
            default ->
                throw new IllegalStateException(
                        "system property csc.simd is '" + forced + "', expected scalar or vector; or leave it out");
        };
    }

    private static SparseConvKernelsChoice automatic() {
        if (!moduleIsPresent()) {
            return scalar("module jdk.incubator.vector is not there; start Java with --add-modules"
                    + " jdk.incubator.vector for speed");
        }
        int bits = VectorSparseConvKernels.vectorBits();
        return bits >= MIN_BITS
                ? vector("the processor has " + bits + "-bit vectors")
                : scalar("the preferred vectors have " + bits + " bits only");
    }

    private static boolean moduleIsPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static SparseConvKernelsChoice vector(String reason) {
        SparseConvKernels kernels = new VectorSparseConvKernels();
        return new SparseConvKernelsChoice(kernels, "sparse convolution runs on " + kernels.name() + ": " + reason);
    }

    private static SparseConvKernelsChoice scalar(String reason) {
        SparseConvKernels kernels = new ScalarSparseConvKernels();
        return new SparseConvKernelsChoice(kernels, "sparse convolution runs on " + kernels.name() + ": " + reason);
    }
}
