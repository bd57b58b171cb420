package org.scenecontexts.api.data;

/**
 * The points of one scene that a network sees, and where each came from.
 *
 * <p>Made from a {@link Scene} by a {@link Sampler}. Row {@code i} is a voxel or a chosen point. Arrays are not copied:
 * treat as immutable.
 *
 * @param scene attributes of the sampled points, {@code M} rows: for voxels, those of the representative point, with
 *     labels merged ({@link Labels#IGNORE} where the points of a voxel disagree, REFERENCE 1.7 item 12)
 * @param grid integer voxel coordinates, {@code [M, 3]}; empty when the sampler is not a grid
 * @param spacing edge of a voxel, metres; 0 when the sampler is not a grid
 * @param source for each of the M rows the index of its representative point in the original scene, {@code [M]}
 * @param inverse for each of the N original points the row that stands for it, {@code [N]}; -1 where there is none
 *     (dropped by an augmentation)
 * @since 0.1
 */
public record SampledPoints(Scene scene, int[] grid, double spacing, int[] source, int[] inverse) {

    /** @throws IllegalArgumentException when the arrays do not fit together */
    public SampledPoints {
        int m = scene.size();
        if (source.length != m || (grid.length != 0 && grid.length != 3 * m)) {
            throw new IllegalArgumentException("sampled points of '" + scene.id() + "': " + m + " rows, but "
                    + source.length + " sources and " + grid.length / 3 + " grid rows");
        }
    }

    /** Number of rows, M. */
    public int size() {
        return source.length;
    }

    public boolean hasGrid() {
        return spacing > 0;
    }

    /** The same rows with other attributes. */
    public SampledPoints withScene(Scene newScene) {
        return new SampledPoints(newScene, grid, spacing, source, inverse);
    }

    /** The same rows at other voxel coordinates. */
    public SampledPoints withGrid(int[] newGrid) {
        return new SampledPoints(scene, newGrid, spacing, source, inverse);
    }

    /** Only some of the rows, in the order given; original points of the others lose their row. */
    public SampledPoints select(int[] rows) {
        int[] newGrid = new int[grid.length == 0 ? 0 : 3 * rows.length];
        int[] newSource = new int[rows.length];
        int[] moved = new int[size()];
        java.util.Arrays.fill(moved, -1);
        for (int i = 0; i < rows.length; i++) {
            if (newGrid.length > 0) {
                System.arraycopy(grid, 3 * rows[i], newGrid, 3 * i, 3);
            }
            newSource[i] = source[rows[i]];
            moved[rows[i]] = i;
        }
        int[] newInverse = new int[inverse.length];
        for (int i = 0; i < inverse.length; i++) {
            newInverse[i] = inverse[i] < 0 ? -1 : moved[inverse[i]];
        }
        return new SampledPoints(scene.select(rows), newGrid, spacing, newSource, newInverse);
    }
}
