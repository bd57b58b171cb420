package org.scenecontexts.sparseconv.kernel;

import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Computes sparse convolutions and their gradients on arrays, whatever instructions the processor has.
 *
 * <p>All arrays are row-major: features {@code [rows, channels]}, weights {@code [slices, cin, cout]} in the layout
 * that the map was built for. Arrays may be longer than needed; only the leading part is used. Results are overwritten,
 * every element of them, and are bit-identical for every number of threads. Inputs and results must be different
 * arrays. Implementations are thread-safe and reuse their scratch memory.
 *
 * @since 0.1
 */
public interface SparseConvKernels {

    /** Short name for logs, such as {@code scalar} or {@code vector-256}. */
    String name();

    /**
     * Forward: {@code out[u] = sum over pairs (u, v) of in[v] . W[slice]}; rows without pairs become zero.
     *
     * @param map pairs of output and input rows
     * @param in {@code [map.inRows, cin]}
     * @param cin input channels, 1 or more
     * @param weights {@code [map.lists, cin, cout]}
     * @param cout output channels, 1 or more
     * @param out {@code [map.outRows, cout]}, overwritten
     * @throws IllegalArgumentException if an array is too short or a channel count is not positive
     */
    void forward(KernelMap map, float[] in, int cin, float[] weights, int cout, float[] out, Parallel parallel);

    /**
     * Gradient with respect to the input: {@code gradIn[v] = sum over pairs (u, v) of gradOut[u] . W[slice]^T}.
     *
     * @param map the map of the forward call
     * @param gradOut {@code [map.outRows, cout]}
     * @param weights {@code [map.lists, cin, cout]}
     * @param gradIn {@code [map.inRows, cin]}, overwritten
     * @throws IllegalArgumentException if an array is too short or a channel count is not positive
     */
    void inputGradient(
            KernelMap map, float[] gradOut, int cout, float[] weights, int cin, float[] gradIn, Parallel parallel);

    /**
     * Gradient with respect to the weights: {@code gradWeights[slice] = sum over pairs (u, v) of in[v]^T gradOut[u]}.
     *
     * @param map the map of the forward call
     * @param in {@code [map.inRows, cin]}
     * @param gradOut {@code [map.outRows, cout]}
     * @param gradWeights {@code [map.lists, cin, cout]}, overwritten
     * @throws IllegalArgumentException if an array is too short or a channel count is not positive
     */
    void weightGradient(
            KernelMap map, float[] in, int cin, float[] gradOut, int cout, float[] gradWeights, Parallel parallel);

    /**
     * Floating-point operations of each of the three computations: two per multiply-add over the pairs that exist.
     */
    static long flops(KernelMap map, int cin, int cout) {
        return 2L * map.pairs() * cin * cout;
    }
}
