package com.example.backbones;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.grid.SparseGrid;
import org.scenecontexts.api.point.Curve;

/**
 * The voxels of a grid cut into patches of equal size along a curve.
 *
 * <p>The last patch of a scene is filled with the end of the one before it; what attention gives for those is not used. A
 * scene with fewer voxels than a patch is one patch of its own size, whatever else is in the batch.
 *
 * @param runs patches of one size
 * @param places for each voxel its place among all rows of all runs
 */
record Patches(List<Run> runs, Indices places) {

    /**
     * Patches of one size.
     *
     * @param size voxels of each
     * @param rows voxel of each place, {@code [patches * size]}
     */
    record Run(int size, Indices rows) {}

    private record Key(Curve curve, int size) {}

    static Patches of(TensorEngine engine, SparseGrid grid, Curve curve, int size) {
        return grid.keep(new Key(curve, size), () -> cut(engine, grid, curve, size));
    }

    private static Patches cut(TensorEngine engine, SparseGrid grid, Curve curve, int size) {
        int[] order = grid.order(curve);
        int[] offsets = grid.offsets();
        Map<Integer, List<Integer>> rowsBySize = new TreeMap<>();
        for (int b = 0; b + 1 < offsets.length; b++) {
            int n = offsets[b + 1] - offsets[b];
            int edge = Math.max(1, Math.min(size, n));
            for (int i = 0; i < n || i % edge != 0; i++) {
                rowsBySize
                        .computeIfAbsent(edge, e -> new ArrayList<>())
                        .add(order[offsets[b] + (i < n ? i : i - edge)]);
            }
        }
        int[] places = new int[grid.rows()];
        Arrays.fill(places, -1);
        List<Run> runs = new ArrayList<>();
        int place = 0;
        for (Map.Entry<Integer, List<Integer>> run : rowsBySize.entrySet()) {
            int[] rows = run.getValue().stream().mapToInt(Integer::intValue).toArray();
            for (int row : rows) {
                // A row's own place comes before those that it fills.
                places[row] = places[row] < 0 ? place : places[row];
                place++;
            }
            runs.add(new Run(run.getKey(), engine.indices(rows, grid.rows())));
        }
        return new Patches(runs, engine.indices(places, place));
    }
}
