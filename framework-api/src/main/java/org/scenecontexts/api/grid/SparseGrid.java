package org.scenecontexts.api.grid;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The occupied cells of a batch at one resolution, for networks that convolve over them, pool them or put them in a row.
 *
 * <p>Rows lie scene by scene and in Morton order, those of a batch in the batch's; {@link #fromBatch} and {@link #toBatch} go
 * between the two. What is asked for is made once, brought to the device once and shared by all layers and networks that
 * see the batch.
 *
 * @since 0.2
 */
public final class SparseGrid implements AutoCloseable {

    private final TensorEngine engine;
    private final GridStructure structure;
    private final int scenes;
    private final int level;
    private final Map<Object, Object> kept = new HashMap<>();

    private SparseGrid(TensorEngine engine, GridStructure structure, int scenes, int level) {
        this.engine = engine;
        this.structure = structure;
        this.scenes = scenes;
        this.level = level;
    }

    /**
     * The cells of a batch whose sampler puts points on a grid, such as {@link
     * org.scenecontexts.api.data.Samplers#voxels}. Made at the first call and closed with the batch.
     *
     * @throws IllegalArgumentException when the batch is not on a grid, or two rows of a scene share a cell
     * @throws IllegalStateException when no plugin offers the kernels, naming the one that does
     */
    public static SparseGrid of(TensorEngine engine, PointBatch batch) {
        record Key(TensorEngine engine) {}
        if (batch.grid().length == 0) {
            throw new IllegalArgumentException(
                    "a batch of " + batch.rows() + " rows is not on a voxel grid; the backbone's"
                            + " factory chooses its sampler, and Samplers.voxels puts points on a grid");
        }
        return batch.derived(new Key(engine), () -> of(engine, batch.grid(), batch.scenes()));
    }

    /**
     * Any cells.
     *
     * @param coordinates scene and cell of each row, {@code [M, 4]}, distinct
     * @param scenes number of scenes, also of those without rows
     */
    public static SparseGrid of(TensorEngine engine, int[] coordinates, int scenes) {
        return new SparseGrid(engine, engine.kernel(GridKernels.class).structure(coordinates), scenes, 0);
    }

    /** Number of cells, M. */
    public int rows() {
        return structure.rows(level);
    }

    /** Edge of a cell in cells of the finest grid. */
    public int stride() {
        return 1 << level;
    }

    /** First row of each scene, {@code [B + 1]}, on the host. */
    public int[] offsets() {
        return keep("offsets", () -> {
            int[] offsets = new int[scenes + 1];
            int[] coordinates = structure.coordinates(level);
            for (int i = 0; i < coordinates.length; i += 4) {
                offsets[coordinates[i] + 1]++;
            }
            for (int b = 0; b < scenes; b++) {
                offsets[b + 1] += offsets[b];
            }
            return offsets;
        });
    }

    /** Scene and cell of each row, {@code [M, 4]}, in cells of the finest grid, on the host. */
    public int[] coordinates() {
        return structure.coordinates(level);
    }

    /** The cells of twice the edge that cover these. */
    public SparseGrid coarser() {
        return keep("coarser", () -> new SparseGrid(engine, structure, scenes, level + 1));
    }

    /** For each cell the row of the coarser one that covers it, {@code [M]}: {@code gatherRows} of it is unpooling. */
    public Indices parents() {
        return keep(
                "parents",
                () -> engine.indices(structure.parents(level), coarser().rows()));
    }

    /**
     * First row of the cells that each coarser cell covers, and M at the end, {@code [coarser().rows() + 1]}, on the host: they
     * follow one another, so that pooling is a reduction over groups of rows.
     */
    public int[] children() {
        return keep("children", () -> {
            int[] parents = structure.parents(level);
            int[] starts = new int[coarser().rows() + 1];
            for (int parent : parents) {
                starts[parent + 1]++;
            }
            for (int i = 1; i < starts.length; i++) {
                starts[i] += starts[i - 1];
            }
            return starts;
        });
    }

    /** The rows in the order of a curve, scene by scene: for each place the row, {@code [M]}, on the host. */
    public int[] order(Curve curve) {
        return keep(curve, () -> structure.order(level, curve));
    }

    /**
     * The map of a convolution that keeps the cells.
     *
     * @param size edge of the kernel, cells: 1, 3, 5, 7 or 9
     */
    public GridMap cube(int size) {
        return structure.cube(level, size);
    }

    /** The map of a 2 x 2 x 2 convolution with stride 2 to {@link #coarser}. */
    public GridMap down() {
        return structure.down(level);
    }

    /** The map of a transposed convolution from {@link #coarser} to these cells. */
    public GridMap up() {
        return structure.up(level);
    }

    /**
     * Rows of the batch as rows of this grid, the finest; the same tensor where they lie so already.
     *
     * @param rows {@code [M, C]}
     */
    public Tensor fromBatch(Tensor rows) {
        return permutation().map(p -> rows.gatherRows(p.givenRow())).orElse(rows);
    }

    /**
     * Rows of this grid, the finest, as rows of the batch; the same tensor where they lie so already.
     *
     * @param rows {@code [M, C]}
     */
    public Tensor toBatch(Tensor rows) {
        return permutation().map(p -> rows.gatherRows(p.gridRow())).orElse(rows);
    }

    private record Permutation(Indices givenRow, Indices gridRow) {}

    private Optional<Permutation> permutation() {
        if (level != 0) {
            throw new IllegalStateException(
                    "rows of a batch are cells of the finest grid; this one has stride " + stride());
        }
        return keep("permutation", () -> {
            int[] given = structure.givenRows();
            int[] inverse = new int[given.length];
            Arrays.setAll(inverse, i -> i);
            if (Arrays.equals(given, inverse)) {
                return Optional.<Permutation>empty();
            }
            for (int i = 0; i < given.length; i++) {
                inverse[given[i]] = i;
            }
            return Optional.of(
                    new Permutation(engine.indices(given, given.length), engine.indices(inverse, given.length)));
        });
    }

    /**
     * Something that follows from these cells, made once; what is {@link AutoCloseable} is not closed.
     *
     * @param key tells such things apart; use a record of the parameters
     */
    @SuppressWarnings("unchecked")
    public synchronized <T> T keep(Object key, Supplier<T> make) {
        Object found = kept.get(key);
        if (found == null) {
            found = make.get();
            kept.put(key, found);
        }
        return (T) found;
    }

    /** Gives the memory of all maps back, of all resolutions; done when the batch is closed. */
    @Override
    public void close() {
        structure.close();
    }
}
