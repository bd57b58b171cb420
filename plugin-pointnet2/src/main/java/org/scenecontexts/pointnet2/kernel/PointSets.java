package org.scenecontexts.pointnet2.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * The points of several scenes, stacked row by row, so that one call of an operator serves a whole batch.
 *
 * <p>Positions lie on an engine; offsets, a few numbers, on the host. Neither is copied: treat as immutable. Operators need
 * finite positions.
 *
 * @param xyz {@code [offsets[B], 3]}, metres
 * @param offsets first row of each scene, {@code [B + 1]}, not decreasing, from 0
 * @since 0.1
 */
public record PointSets(Buffer xyz, int[] offsets) {

    /** @throws IllegalArgumentException when offsets and positions do not fit together */
    public PointSets {
        if (offsets.length == 0 || offsets[0] != 0) {
            throw new IllegalArgumentException("offsets of point sets must start with 0, found "
                    + (offsets.length == 0 ? "none" : "" + offsets[0]));
        }
        for (int b = 1; b < offsets.length; b++) {
            if (offsets[b] < offsets[b - 1]) {
                throw new IllegalArgumentException("offsets of point sets must not decrease, found " + offsets[b - 1]
                        + " before " + offsets[b] + " at scene " + b);
            }
        }
        int rows = offsets[offsets.length - 1];
        if (xyz.capacity() < 3 * rows) {
            throw new IllegalArgumentException(
                    "point sets of " + rows + " rows need " + 3 * rows + " coordinates, found " + xyz.capacity());
        }
    }

    /** Positions on the heap. */
    public PointSets(float[] xyz, int[] offsets) {
        this(HeapBuffer.of(xyz), offsets);
    }

    /** One scene, on the heap. */
    public static PointSets of(float[] xyz) {
        return new PointSets(xyz, new int[] {0, xyz.length / 3});
    }

    /** Number of scenes, B. */
    public int scenes() {
        return offsets.length - 1;
    }

    /** Number of points of all scenes. */
    public int rows() {
        return offsets[offsets.length - 1];
    }

    /** Number of points of a scene. */
    public int size(int scene) {
        return offsets[scene + 1] - offsets[scene];
    }

    /** Positions as an array, for kernels on the heap; not copied where they begin one. It may be longer. */
    public float[] array() {
        return xyz.arrayOffset() == 0 ? xyz.array() : xyz.toArray(3 * rows());
    }

    /**
     * The same number of chosen points of every scene, on the same engine.
     *
     * @param rows row of each chosen point, {@code [B * count]}, scene by scene
     */
    public PointSets select(TensorEngine engine, Indices rows, int count) {
        Buffer chosen = engine.buffers().take(3 * scenes() * count);
        engine.dense().gatherRows(scenes() * count, 3, xyz, rows, chosen);
        return new PointSets(chosen, evenly(count));
    }

    /**
     * The same on the heap.
     *
     * @param rows row of each chosen point, {@code [B * count]}, scene by scene
     */
    public PointSets select(int[] rows, int count) {
        float[] all = xyz.toArray(3 * rows());
        float[] chosen = new float[3 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all, 3 * rows[i], chosen, 3 * i, 3);
        }
        return new PointSets(chosen, evenly(count));
    }

    private int[] evenly(int count) {
        int[] newOffsets = new int[offsets.length];
        for (int b = 1; b < newOffsets.length; b++) {
            newOffsets[b] = b * count;
        }
        return newOffsets;
    }

    /**
     * Checks that another stack has as many scenes.
     *
     * @throws IllegalArgumentException when it has not
     */
    public void requireSameScenes(PointSets other) {
        if (scenes() != other.scenes()) {
            throw new IllegalArgumentException(
                    "both point sets must have as many scenes, found " + scenes() + " and " + other.scenes());
        }
    }
}
