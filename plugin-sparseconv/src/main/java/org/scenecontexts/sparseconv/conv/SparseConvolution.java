package org.scenecontexts.sparseconv.conv;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Init;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * A convolution over occupied voxels, without bias: {@code out[u] = sum_k in[u + o_k] W_k} over the neighbours that exist
 * (REFERENCE 1.7 item 3).
 *
 * <p>The parameter {@code kernel} has the published shape {@code [volume, in, out]}. Which of its slices belongs to which
 * offset is said by the kernel map. First values are uniform within 1 / sqrt(channels * volume), where channels are those
 * of the input, or of the output for transposed convolutions (REFERENCE 1.5).
 *
 * @since 0.1
 */
public final class SparseConvolution extends Module {

    private final Parameter kernel;

    private SparseConvolution(
            TensorEngine engine, RandomGenerator random, int volume, int in, int out, int boundChannels) {
        double bound = 1 / Math.sqrt((double) boundChannels * volume);
        kernel = parameter("kernel", Init.uniform(engine, random, bound, volume, in, out));
    }

    /**
     * A convolution that keeps the voxels as they are.
     *
     * @param size edge of the kernel, voxels; odd
     */
    public static SparseConvolution cube(TensorEngine engine, RandomGenerator random, int size, int in, int out) {
        return new SparseConvolution(engine, random, size * size * size, in, out, in);
    }

    /** A 2x2x2 convolution with stride 2: from voxels to voxels twice as large. */
    public static SparseConvolution down(TensorEngine engine, RandomGenerator random, int in, int out) {
        return new SparseConvolution(engine, random, 8, in, out, in);
    }

    /** The transposed form of {@link #down}: from voxels back to those they were made of. */
    public static SparseConvolution up(TensorEngine engine, RandomGenerator random, int in, int out) {
        return new SparseConvolution(engine, random, 8, in, out, out);
    }

    /**
     * @param x {@code [map.inRows(), in]}
     * @param map which input rows each output row is made of
     * @return {@code [map.outRows(), out]}
     */
    public Tensor apply(Tensor x, KernelMap map) {
        return new SparseConvOp(map, false).apply(x, kernel.tensor());
    }

    /**
     * As {@link #apply}, but a released result is computed again in the backward pass instead of being kept: worth it for
     * convolutions that cost little beside the rest of the network.
     */
    public Tensor applyRemade(Tensor x, KernelMap map) {
        return new SparseConvOp(map, true).apply(x, kernel.tensor());
    }
}
