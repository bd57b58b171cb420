package org.scenecontexts.sparseconv.conv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.sparseconv.map.CoordinateSet;

/**
 * Keeps what can be told of a batch's voxels without an engine, so that a thread that loads can find it out before a step
 * needs it.
 *
 * @param levels the voxels in Morton order, finest first; coarser levels that are not here are made when they are asked for
 * @param permutation how rows move on their way in and out; empty where the batch is in Morton order
 */
record SortedVoxels(List<CoordinateSet> levels, Optional<Permutation> permutation) {

    private static final Object KEY = new Object();

    /**
     * Where rows lie.
     *
     * @param batchRowOf for each Morton row its row in the batch, {@code [M]}
     * @param mortonRowOf the other way round, {@code [M]}
     */
    record Permutation(int[] batchRowOf, int[] mortonRowOf) {}

    /**
     * What has been prepared for a batch, or else its voxels of the finest level.
     *
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene are the same voxel
     */
    static SortedVoxels of(PointBatch batch) {
        return batch.derived(KEY, () -> sort(batch));
    }

    /**
     * Finds everything out that a network will ask for.
     *
     * @param levels number of levels, at least 1
     * @param parts whether a device will be brought the keys
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene are the same voxel
     */
    static void prepare(PointBatch batch, int levels, boolean parts) {
        batch.derived(KEY, () -> {
            SortedVoxels sorted = sort(batch);
            List<CoordinateSet> all = new ArrayList<>(sorted.levels());
            while (all.size() < levels) {
                all.add(all.getLast().coarser());
            }
            if (parts) {
                all.getFirst().parts();
            }
            return new SortedVoxels(List.copyOf(all), sorted.permutation());
        });
    }

    private static SortedVoxels sort(PointBatch batch) {
        if (batch.grid().length == 0) {
            throw new IllegalArgumentException("sparse convolution needs points on a voxel grid, and this batch of "
                    + batch.rows() + " rows has none; sample it with the backbone's own sampler");
        }
        CoordinateSet.Sorted sorted = CoordinateSet.sort(batch.grid(), 1);
        return new SortedVoxels(
                List.of(sorted.set()),
                isIdentity(sorted.order())
                        ? Optional.empty()
                        : Optional.of(new Permutation(sorted.order(), sorted.rowOfInput())));
    }

    private static boolean isIdentity(int[] order) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] != i) {
                return false;
            }
        }
        return true;
    }
}
