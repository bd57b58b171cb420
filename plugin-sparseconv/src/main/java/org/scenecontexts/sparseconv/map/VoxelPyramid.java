package org.scenecontexts.sparseconv.map;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the coordinate sets and kernel maps of one batch, so that each is built once and shared by every layer that
 * runs over it.
 *
 * <p>Level 0 is the finest set, level {@code i} has {@code 2^i} times its tensor stride. Built lazily; not thread-safe. When
 * it is closed the arrays of its maps go back to their {@link MapMemory}, and its maps refuse to be used; one that is never
 * closed is left to the garbage collector.
 *
 * @since 0.1
 */
public final class VoxelPyramid implements AutoCloseable {

    private record CubeKey(int level, int size, KernelLayout layout) {}

    private record PairsKey(int level, int size) {}

    private final MapResources resources;
    private final List<CoordinateSet> levels = new ArrayList<>();
    private final Map<PairsKey, PairTable> pairs = new HashMap<>();
    private final Map<CubeKey, KernelMap> cubes = new HashMap<>();
    private final Map<Integer, KernelMap> down = new HashMap<>();
    private boolean closed;

    /** @param finest the voxels of level 0 */
    public VoxelPyramid(CoordinateSet finest) {
        this(finest, MapResources.plain());
    }

    /**
     * @param finest the voxels of level 0
     * @param resources what maps are built with
     */
    public VoxelPyramid(CoordinateSet finest, MapResources resources) {
        this.resources = resources;
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
        requireOpen();
        CoordinateSet set = level(level);
        PairTable found =
                pairs.computeIfAbsent(new PairsKey(level, size), key -> KernelMaps.cubePairs(set, size, resources));
        return cubes.computeIfAbsent(
                new CubeKey(level, size, layout), key -> KernelMaps.cube(set, size, layout, found));
    }

    /** The map of the 2x2x2 convolution with stride 2 from a level to the next coarser one. */
    public KernelMap down(int level) {
        requireOpen();
        CoordinateSet coarse = level(level + 1);
        return down.computeIfAbsent(level, key -> KernelMaps.strided(level(level), coarse, resources));
    }

    /** The map of the transposed 2x2x2 convolution from the next coarser level back to a level. */
    public KernelMap up(int level) {
        return down(level).inverse();
    }

    /** Gives the arrays of all maps back, which must not be used any more. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        pairs.values().forEach(PairTable::giveBack);
        down.values().forEach(KernelMap::giveBack);
        resources.memory().pyramidEnded();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("a kernel map was asked for after its batch was closed, expected before;"
                    + " close a batch when the step that uses it has ended");
        }
    }
}
