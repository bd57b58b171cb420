package org.scenecontexts.sparseconv.map;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.Parallel;

/**
 * Keeps the coordinate sets and kernel maps of one batch, so that each is built once and shared by every layer that
 * runs over it.
 *
 * <p>Level 0 is the finest set, level {@code i} has {@code 2^i} times its tensor stride. Built lazily; not thread-safe. When
 * it is closed the arrays of its maps go back to their {@link MapMemory}, what was derived of it and of its maps is closed, and
 * its maps refuse to be used; one that is never closed is left to the garbage collector.
 *
 * @since 0.1
 */
public final class VoxelPyramid implements AutoCloseable {

    private record CubeKey(int level, int size, KernelLayout layout) {}

    private record PairsKey(int level, int size) {}

    private final MapResources resources;
    private final List<CoordinateSet> levels = new ArrayList<>();
    private final Map<PairsKey, LazyPairs> pairs = new HashMap<>();
    private final Map<CubeKey, KernelMap> cubes = new HashMap<>();
    private final Map<Integer, KernelMap> down = new HashMap<>();
    private final Map<Object, KernelMap.Derived> derived = new ConcurrentHashMap<>();
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
        this(List.of(finest), resources);
    }

    /**
     * @param known the voxels of the first levels, finest first, each {@linkplain CoordinateSet#coarser() made} of the one
     *     before; at least one
     * @param resources what maps are built with
     * @since 0.2
     */
    public VoxelPyramid(List<CoordinateSet> known, MapResources resources) {
        this.resources = resources;
        levels.addAll(known);
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
        LazyPairs found = pairs.computeIfAbsent(
                new PairsKey(level, size), key -> pairs(() -> KernelMaps.cubePairs(set, size, finding())));
        return cubes.computeIfAbsent(
                new CubeKey(level, size, layout),
                key -> KernelMaps.cube(
                        set, size, layout, found, Optional.of(new MapSource(this, MapSource.Kind.CUBE, level, size))));
    }

    /** The map of the 2x2x2 convolution with stride 2 from a level to the next coarser one. */
    public KernelMap down(int level) {
        requireOpen();
        CoordinateSet coarse = level(level + 1);
        return down.computeIfAbsent(level, key -> strided(level, level(level), coarse));
    }

    private KernelMap strided(int level, CoordinateSet fine, CoordinateSet coarse) {
        LazyParents parents = new LazyParents(fine, coarse);
        // Every voxel lies in one of the next level, which was made of it.
        return KernelMap.between(
                coarse.rows(),
                fine.rows(),
                KernelMaps.BLOCK_ROWS,
                8,
                new KernelMap.Way(
                        pairs(() -> parents.get().down),
                        Optional.of(new MapSource(this, MapSource.Kind.DOWN, level, 2))),
                new KernelMap.Way(
                        pairs(() -> parents.get().up), Optional.of(new MapSource(this, MapSource.Kind.UP, level, 2))),
                true);
    }

    private LazyPairs pairs(Supplier<PairTable> find) {
        return resources.deferred() ? LazyPairs.later(find) : LazyPairs.of(find.get());
    }

    /** Pairs both ways, which are found together. */
    private final class LazyParents {
        private final CoordinateSet fine;
        private final CoordinateSet coarse;
        private Optional<ParentPairs> found = Optional.empty();

        LazyParents(CoordinateSet fine, CoordinateSet coarse) {
            this.fine = fine;
            this.coarse = coarse;
        }

        synchronized ParentPairs get() {
            if (found.isEmpty()) {
                found = Optional.of(KernelMaps.parentPairs(fine, coarse, finding()));
            }
            return found.get();
        }
    }

    /** Pairs that are found later may be asked for by one of many threads that run the same kernel. */
    private MapResources finding() {
        return resources.deferred() ? new MapResources(Parallel.sequential(), resources.memory()) : resources;
    }

    /**
     * What kernels of a device make of these voxels for several maps, once; closed when this is.
     *
     * @param key tells kernels and forms apart
     * @param type of what is made under this key
     * @throws IllegalStateException when this is closed
     * @since 0.2
     */
    public <T extends KernelMap.Derived> T derived(Object key, Class<T> type, Function<VoxelPyramid, T> make) {
        requireOpen();
        return type.cast(derived.computeIfAbsent(key, k -> make.apply(this)));
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
        cubes.values().forEach(KernelMap::giveBack);
        down.values().forEach(KernelMap::giveBack);
        pairs.values().forEach(LazyPairs::giveBack);
        derived.values().forEach(KernelMap.Derived::close);
        derived.clear();
        resources.memory().pyramidEnded();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("a kernel map was asked for after its batch was closed, expected before;"
                    + " close a batch when the step that uses it has ended");
        }
    }
}
