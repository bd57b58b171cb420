package org.scenecontexts.sparseconv.conv;

import java.util.Optional;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.MapMemory;
import org.scenecontexts.sparseconv.map.MapResources;
import org.scenecontexts.sparseconv.map.VoxelPyramid;

/**
 * The voxels of a batch at every stride with their kernel maps, each built once and shared by all layers and networks that
 * see the batch.
 *
 * <p>Inside, rows lie in Morton order; a batch whose rows lie otherwise (after flips, dropout or shifts) is reordered on
 * the way in and back on the way out.
 *
 * @since 0.1
 */
public final class VoxelHierarchy implements AutoCloseable {

    private static final Object KEY = new Object();

    private final VoxelPyramid pyramid;

    private final Optional<SortedVoxels.Permutation> permutation;

    private VoxelHierarchy(SortedVoxels sorted, MapResources resources) {
        pyramid = new VoxelPyramid(sorted.levels(), resources);
        permutation = sorted.permutation();
    }

    /**
     * Does ahead, on a thread that loads, what the hierarchy of a batch needs no engine for: sorts its voxels, finds those of the
     * coarser levels, and cuts keys for a device that finds maps itself.
     *
     * @param levels number of levels that the network has, at least 1
     * @param resources what its maps will be built with
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene are the same voxel
     * @since 0.2
     */
    public static void prepare(PointBatch batch, int levels, MapResources resources) {
        SortedVoxels.prepare(batch, levels, resources.deferred());
    }

    /**
     * What the maps of an engine's networks are built with; the host finds no pairs where the engine's kernels find them.
     *
     * @since 0.2
     */
    public static MapResources resources(TensorEngine engine) {
        return new MapResources(
                engine.parallel(),
                new MapMemory(),
                engine.kernel(SparseConvKernels.class).findsPairs());
    }

    /**
     * The hierarchy of a batch, built at the first call.
     *
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene are the same voxel
     */
    public static VoxelHierarchy of(PointBatch batch) {
        return of(batch, MapResources.plain());
    }

    /**
     * The same, with threads and memory for the maps; the first caller's count. Close the batch to give the memory back.
     *
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene are the same voxel
     */
    public static VoxelHierarchy of(PointBatch batch, MapResources resources) {
        // Not inside the other: what is derived cannot ask for what is derived.
        SortedVoxels sorted = SortedVoxels.of(batch);
        return batch.derived(KEY, () -> new VoxelHierarchy(sorted, resources));
    }

    /** The map of a stride-1 convolution with an odd cubic kernel on level {@code level}, whose voxels have edge {@code 2^level}. */
    public synchronized KernelMap cube(int level, int size, KernelLayout layout) {
        return pyramid.cube(level, size, layout);
    }

    /** The map of the stride-2 convolution from a level to the next coarser one. */
    public synchronized KernelMap down(int level) {
        return pyramid.down(level);
    }

    /** The map of the transposed convolution from the next coarser level back to a level. */
    public synchronized KernelMap up(int level) {
        return pyramid.up(level);
    }

    /** Rows of the batch in Morton order; the same tensor where they are so already. */
    public Tensor toMorton(Tensor batchRows) {
        return permutation.map(p -> batchRows.gatherRows(p.batchRowOf())).orElse(batchRows);
    }

    /** Rows in Morton order in the order of the batch; {@code mortonRows} is released when it is not the result itself. */
    public Tensor toBatch(Tensor mortonRows) {
        if (permutation.isEmpty()) {
            return mortonRows;
        }
        Tensor ordered = mortonRows.gatherRows(permutation.get().mortonRowOf());
        mortonRows.release();
        return ordered;
    }

    /** Gives the arrays of all maps back; done when the batch is closed. The maps must not be used any more. */
    @Override
    public synchronized void close() {
        pyramid.close();
    }
}
