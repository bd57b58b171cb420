package org.scenecontexts.sparseconv.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Written;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Computes sparse convolutions and their gradients on the buffers of an engine.
 *
 * <p>All arrays are row-major: features {@code [rows, channels]}, weights {@code [slices, cin, cout]} in the layout
 * that the map was built for. Buffers may be longer than needed, and slices; only the leading part is used. Results are
 * overwritten, every element of them, and are bit-identical for every number of threads. What is written shares no memory
 * with anything else. Implementations are thread-safe, bring their own threads and reuse their scratch memory.
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
     * @throws IllegalArgumentException if a buffer is too short or a channel count is not positive
     */
    void forward(KernelMap map, Buffer in, int cin, Buffer weights, int cout, @Written Buffer out);

    /**
     * Gradient with respect to the input: {@code gradIn[v] = sum over pairs (u, v) of gradOut[u] . W[slice]^T}.
     *
     * @param map the map of the forward call
     * @param gradOut {@code [map.outRows, cout]}
     * @param weights {@code [map.lists, cin, cout]}
     * @param gradIn {@code [map.inRows, cin]}, overwritten
     * @throws IllegalArgumentException if a buffer is too short or a channel count is not positive
     */
    void inputGradient(KernelMap map, Buffer gradOut, int cout, Buffer weights, int cin, @Written Buffer gradIn);

    /**
     * Gradient with respect to the weights: {@code gradWeights[slice] = sum over pairs (u, v) of in[v]^T gradOut[u]}.
     *
     * @param map the map of the forward call
     * @param in {@code [map.inRows, cin]}
     * @param gradOut {@code [map.outRows, cout]}
     * @param gradWeights {@code [map.lists, cin, cout]}, overwritten
     * @throws IllegalArgumentException if a buffer is too short or a channel count is not positive
     */
    void weightGradient(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, @Written Buffer gradWeights);

    /**
     * Whether these kernels find the pairs of maps themselves, from the voxels of their {@link KernelMap#source}, so that
     * the host need not.
     *
     * @since 0.2
     */
    default boolean findsPairs() {
        return false;
    }

    /**
     * Whether {@code in} of {@link #forward} and {@link #weightGradient}, and {@code out} of {@link #forward}, may be {@linkplain
     * org.scenecontexts.api.engine.PackedValues packed} values, where they lie.
     *
     * @since 0.2
     */
    default boolean takesPacked() {
        return false;
    }

    /**
     * Floating-point operations of each of the three computations: two per multiply-add over the pairs that exist.
     */
    static long flops(KernelMap map, int cin, int cout) {
        return 2L * map.pairs() * cin * cout;
    }
}
