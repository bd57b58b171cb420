package org.scenecontexts.sparseconv.map;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the coordinate sets and kernel maps of one batch, so that each is built once and shared by every layer that
 * runs over it.
 *
 * <p>Level 0 is the finest set, level {@code i} has {@code 2^i} times its tensor stride. Built lazily; not thread-safe.
 *
 * @since 0.1
 */
public final class VoxelPyramid {

    private record CubeKey(int level, int size, KernelLayout layout) {}

    private record PairsKey(int level, int size) {}

    private final List<CoordinateSet> levels = new ArrayList<>();
    private final Map<PairsKey, KernelMap.Pairs> pairs = new HashMap<>();
    private final Map<CubeKey, KernelMap> cubes = new HashMap<>();
    private final Map<Integer, KernelMap> down = new HashMap<>();

    /** @param finest the voxels of level 0 */
    public VoxelPyramid(CoordinateSet finest) {
        levels.add(finest);
    }

    /** The voxels of a level, 0 or more. */
    public CoordinateSet level(int level) {
        while (levels.size() <= level) {
            levels.add(levels.getLast().coarser());
        }
        return levels.get(level);
    }

    /** The map of a stride-1 convolution with an odd cubic kernel on a level, see {@link KernelMaps#cube}. */
    public KernelMap cube(int level, int size, KernelLayout layout) {
        CoordinateSet set = level(level);
        KernelMap.Pairs found =
                pairs.computeIfAbsent(new PairsKey(level, size), key -> KernelMaps.cubePairs(set, size));
        return cubes.computeIfAbsent(
                new CubeKey(level, size, layout), key -> KernelMaps.cube(set, size, layout, found));
    }

    /** The map of the 2x2x2 convolution with stride 2 from a level to the next coarser one. */
    public KernelMap down(int level) {
        CoordinateSet coarse = level(level + 1);
        return down.computeIfAbsent(level, key -> KernelMaps.strided(level(level), coarse));
    }

    /** The map of the transposed 2x2x2 convolution from the next coarser level back to a level. */
    public KernelMap up(int level) {
        return down(level).inverse();
    }
}
