package org.scenecontexts.sparseconv.conv;

import java.util.Arrays;
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
 * <p>The parameter {@code kernel} has the published shape {@code [volume, in, out]}. First values are uniform within
 * 1 / sqrt(channels * volume), where channels are those of the input, or of the output for transposed ones (REFERENCE 1.5).
 *
 * @since 0.1
 */
public final class SparseConvolution extends Module {

    private static final int HALVING_VOLUME = 8;

    private final Parameter kernel;
    private final int[] slices;
    private final boolean transposed;

    private SparseConvolution(
            TensorEngine engine, RandomGenerator random, int in, int out, int[] slices, boolean transposed) {
        double bound = 1 / Math.sqrt((double) (transposed ? out : in) * slices.length);
        this.kernel = parameter("kernel", Init.uniform(engine, random, bound, slices.length, in, out));
        this.slices = slices;
        this.transposed = transposed;
    }

    /**
     * A convolution that keeps the voxels as they are.
     *
     * @param slices for each stored slice of the kernel the place of its offset in x-fastest order; as many as the kernel
     *     has voxels (27 or 125)
     * @see KernelLayout#slices()
     */
    public static SparseConvolution cube(TensorEngine engine, RandomGenerator random, int in, int out, int[] slices) {
        return new SparseConvolution(engine, random, in, out, slices.clone(), false);
    }

    /** A 2x2x2 convolution with stride 2: from voxels to voxels twice as large. */
    public static SparseConvolution down(TensorEngine engine, RandomGenerator random, int in, int out) {
        return new SparseConvolution(engine, random, in, out, xFastest(HALVING_VOLUME), false);
    }

    /** The transposed form of {@link #down}: from voxels back to those they were made of. */
    public static SparseConvolution up(TensorEngine engine, RandomGenerator random, int in, int out) {
        return new SparseConvolution(engine, random, in, out, xFastest(HALVING_VOLUME), true);
    }

    private static int[] xFastest(int volume) {
        int[] slices = new int[volume];
        Arrays.setAll(slices, k -> k);
        return slices;
    }

    /**
     * @param x {@code [rows, in]}
     * @param map from the voxels of {@code x} to those of the result; for {@link #up} the map of the {@link #down} that it
     *     undoes
     * @return {@code [rows, out]}
     */
    public Tensor apply(Tensor x, KernelMap map) {
        return new SparseConvOp(map, slices, transposed).apply(x, kernel.tensor());
    }
}
