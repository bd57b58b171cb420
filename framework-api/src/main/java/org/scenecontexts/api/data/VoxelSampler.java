package org.scenecontexts.api.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.grid.MortonKey;
import org.scenecontexts.api.grid.RadixSort;

/**
 * Turns a scene into voxels: one row per occupied cell of a regular grid (REFERENCE 5.6, 1.7 item 12).
 *
 * <p>A voxel keeps position, colour, normal and instance of its first point (lowest index). Its label is the label that
 * all its points share, or {@link Labels#IGNORE} where they disagree; points that are {@link Labels#UNSEEN} say nothing. Rows come in Morton order, which is what makes sparse
 * convolution fast.
 *
 * <p>The cell of a point is {@code floor(p * (1 / voxelSize))} in double precision, as the published voxelizer computes it.
 *
 * @param voxelSize edge of a voxel, metres, greater than 0
 * @param shift whether the grid is moved so that the smallest coordinate along each axis is 0; without it voxel
 *     coordinates may be negative
 * @since 0.1
 */
public record VoxelSampler(double voxelSize, boolean shift) implements Sampler {

    /** @throws IllegalArgumentException unless the voxel size is a positive number */
    public VoxelSampler {
        if (!(voxelSize > 0) || Double.isInfinite(voxelSize)) {
            throw new IllegalArgumentException("voxel size must be greater than 0 metres, found " + voxelSize);
        }
    }

    /**
     * @throws CloudException when the scene is so large for the voxel size that cells cannot be numbered, or a position is
     *     not finite
     */
    @Override
    public SampledPoints sample(Scene scene, RandomGenerator random) {
        int n = scene.size();
        int[] cells = new int[3 * n];
        int[] min = cells(scene, cells);
        int[] origin = shift ? min : new int[3];
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            keys[i] = MortonKey.of(
                    0, cells[3 * i] - origin[0], cells[3 * i + 1] - origin[1], cells[3 * i + 2] - origin[2]);
        }
        int[] order = RadixSort.sort(keys);
        return merge(scene, cells, origin, keys, order);
    }

    /** Writes the cell of every point and returns the smallest along each axis. */
    private int[] cells(Scene scene, int[] cells) {
        double inverse = 1 / voxelSize;
        float[] positions = scene.positions();
        double[] min = new double[3];
        double[] max = new double[3];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < positions.length; i++) {
            double cell = Math.floor(positions[i] * inverse);
            int axis = i % 3;
            if (!(Math.abs(cell) < Integer.MAX_VALUE)) {
                throw tooLarge(scene, "coordinate " + positions[i] + " m of point " + i / 3);
            }
            min[axis] = Math.min(min[axis], cell);
            max[axis] = Math.max(max[axis], cell);
            cells[i] = (int) cell;
        }
        for (int axis = 0; axis < 3; axis++) {
            double farthest = shift ? max[axis] - min[axis] : Math.max(Math.abs(max[axis]), Math.abs(min[axis]));
            if (farthest > MortonKey.MAX_COORDINATE) {
                throw tooLarge(
                        scene,
                        (shift ? "an extent of " : "points as far as ") + farthest * voxelSize + " m along "
                                + "xyz".charAt(axis));
            }
        }
        return Arrays.stream(min).mapToInt(low -> (int) low).toArray();
    }

    private CloudException tooLarge(Scene scene, String what) {
        return new CloudException("scene '" + scene.id() + "' has " + what + ", more than " + MortonKey.MAX_COORDINATE
                + " voxels of " + voxelSize
                + " m can cover; check the unit of the file (metres are expected) and remove"
                + " points that are not finite, or choose a larger voxel-size");
    }

    /** Runs of equal keys, which are sorted, become voxels. The sort is stable, so the first of a run is the point with the lowest index. */
    private SampledPoints merge(Scene scene, int[] cells, int[] origin, long[] keys, int[] order) {
        int n = order.length;
        int[] inverse = new int[n];
        int[] source = new int[n];
        int m = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                source[m++] = order[i];
            }
            inverse[order[i]] = m - 1;
        }
        source = Arrays.copyOf(source, m);
        int[] grid = new int[3 * m];
        for (int row = 0; row < m; row++) {
            for (int axis = 0; axis < 3; axis++) {
                grid[3 * row + axis] = cells[3 * source[row] + axis] - origin[axis];
            }
        }
        Scene kept = scene.select(source);
        if (scene.hasLabels()) {
            int[] givers = givers(scene.labels(), source, inverse);
            kept = kept.withLabels(mergeLabels(scene.labels(), givers, inverse));
            if (scene.instances().length > 0) {
                kept = kept.withInstances(
                        Arrays.stream(givers).map(i -> scene.instances()[i]).toArray());
            }
        }
        return new SampledPoints(kept, grid, voxelSize, source, inverse);
    }

    /** The point that a voxel has label and instance from: the first that somebody has looked at, or else the first. */
    private static int[] givers(int[] labels, int[] source, int[] inverse) {
        int[] givers = source.clone();
        for (int i = 0; i < labels.length; i++) {
            int giver = givers[inverse[i]];
            if (labels[i] != Labels.UNSEEN && labels[giver] == Labels.UNSEEN) {
                givers[inverse[i]] = i;
            }
        }
        return givers;
    }

    private static int[] mergeLabels(int[] labels, int[] givers, int[] inverse) {
        int[] merged = Arrays.stream(givers)
                .map(giver -> labels[giver] == Labels.UNSEEN ? Labels.IGNORE : labels[giver])
                .toArray();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != Labels.UNSEEN && labels[i] != labels[givers[inverse[i]]]) {
                merged[inverse[i]] = Labels.IGNORE;
            }
        }
        return merged;
    }
}
