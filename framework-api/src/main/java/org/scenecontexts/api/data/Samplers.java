package org.scenecontexts.api.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Samplers for backbones that work on points rather than voxels.
 *
 * @since 0.1
 */
public final class Samplers {

    private Samplers() {}

    /** Every point, in order. */
    public static Sampler all() {
        return (scene, random) -> {
            int[] identity = new int[scene.size()];
            Arrays.setAll(identity, i -> i);
            return new SampledPoints(scene, new int[0], 0, identity, identity);
        };
    }

    /**
     * A fixed number of points chosen at random: without repetition when the scene has enough, else every point once and
     * the rest drawn again. Original points that were not chosen are represented by the nearest chosen one.
     *
     * @param count points per scene, at least 1
     */
    public static Sampler points(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("number of points must be at least 1, found " + count);
        }
        return (scene, random) -> {
            int[] chosen = choose(scene.size(), count, random);
            Scene points = scene.select(chosen);
            int[] inverse = NearestRows.of(points.positions(), scene.positions());
            return new SampledPoints(points, new int[0], 0, chosen, inverse);
        };
    }

    /**
     * One row per occupied cell of a regular grid, which sparse convolution and {@link
     * org.scenecontexts.api.grid.SparseGrid} need; the grid lies where the scene's coordinates are.
     *
     * @param size edge of a voxel, metres, greater than 0
     * @since 0.2
     */
    public static Sampler voxels(double size) {
        return new VoxelSampler(size, false);
    }

    private static int[] choose(int available, int count, RandomGenerator random) {
        int[] order = new int[available];
        Arrays.setAll(order, i -> i);
        int distinct = Math.min(available, count);
        for (int i = 0; i < distinct; i++) {
            int j = random.nextInt(i, available);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        int[] chosen = Arrays.copyOf(order, count);
        for (int i = distinct; i < count; i++) {
            chosen[i] = order[random.nextInt(available)];
        }
        return chosen;
    }
}
