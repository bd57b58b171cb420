package org.scenecontexts.api.grid;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.KernelsFrom;
import org.scenecontexts.api.engine.Written;

/**
 * Convolutions over occupied cells and their gradients: the contract between networks on voxels and the devices that serve
 * them. Networks use {@link SparseGrid} and {@link GridConvolution}.
 *
 * <p>All arrays are row-major. Buffers may be longer than needed, and slices. Results are overwritten, every element of
 * them, and do not depend on the number of threads. What is written shares no memory with anything else.
 *
 * @since 0.2
 */
@KernelsFrom("plugin-sparseconv")
public interface GridKernels {

    /** What this implementation does, for logs. */
    String description();

    /**
     * The cells of a batch.
     *
     * @param coordinates scene and cell of each row, {@code [rows, 4]}, in any order; at most 512 scenes, cells within
     *     +-{@value MortonKey#MAX_COORDINATE}
     * @throws IllegalArgumentException when two rows are the same cell, or one cannot be numbered; the message says which
     */
    GridStructure structure(int[] coordinates);

    /**
     * {@code out[u] = sum over pairs (u, v) of in[v] . weights[offset]}; rows without pairs become zero.
     *
     * @param in {@code [map.inRows, cin]}
     * @param weights {@code [map.offsets, cin, cout]}
     * @param out {@code [map.outRows, cout]}
     */
    void forward(GridMap map, Buffer in, int cin, Buffer weights, int cout, @Written Buffer out);

    /**
     * Gradient of {@link #forward} with respect to its input.
     *
     * @param gradOut {@code [map.outRows, cout]}
     * @param gradIn {@code [map.inRows, cin]}
     */
    void inputGradient(GridMap map, Buffer gradOut, int cout, Buffer weights, int cin, @Written Buffer gradIn);

    /**
     * Gradient of {@link #forward} with respect to the weights.
     *
     * @param gradWeights {@code [map.offsets, cin, cout]}
     */
    void weightGradient(GridMap map, Buffer in, int cin, Buffer gradOut, int cout, @Written Buffer gradWeights);
}
