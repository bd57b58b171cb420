package org.scenecontexts.sparseconv.kernel.device;

import java.util.HashMap;
import java.util.Map;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.MapSource;
import org.scenecontexts.sparseconv.map.VoxelPyramid;

/**
 * Keeps what was found on the device of a pyramid's levels and maps, so that it is found once: all maps whose pairs are the
 * same share them, whatever the layout of their weights. Everything goes back when the pyramid is closed.
 */
final class FoundMaps implements KernelMap.Derived {

    private final MapFinder finder;
    private final VoxelPyramid pyramid;
    private final Map<Integer, Indices> keys = new HashMap<>();
    private final Map<Integer, Indices> tables = new HashMap<>();
    private final Map<Integer, MapFinder.Parents> parents = new HashMap<>();

    /** Pairs that are still to be arranged or chunked. */
    private final Map<MapSource, MapFinder.Lists> lists = new HashMap<>();

    private final Map<MapSource, MapTables.Arranged> arranged = new HashMap<>();
    private final Map<MapSource, MapPairs.Chunked> chunked = new HashMap<>();

    FoundMaps(MapFinder finder, VoxelPyramid pyramid) {
        this.finder = finder;
        this.pyramid = pyramid;
    }

    /** A map's pairs for sums over neighbours. */
    synchronized MapTables.Arranged arranged(MapSource source) {
        MapTables.Arranged found = arranged.get(source);
        if (found == null) {
            found = finder.arranged(lists(source));
            arranged.put(source, found);
        }
        return found;
    }

    /** A map's pairs for the gradient of weights. */
    synchronized MapPairs.Chunked chunked(MapSource source) {
        MapPairs.Chunked found = chunked.get(source);
        if (found == null) {
            found = finder.chunked(lists(source), source.mostPairs());
            chunked.put(source, found);
            if (arranged.containsKey(source)) {
                lists.remove(source).release();
            }
        }
        return found;
    }

    private MapFinder.Lists lists(MapSource source) {
        MapFinder.Lists known = lists.get(source);
        if (known == null) {
            known = find(source);
            lists.put(source, known);
        }
        return known;
    }

    private MapFinder.Lists find(MapSource source) {
        int level = source.level();
        int rows = pyramid.level(level).rows();
        int shift = shift(level);
        return switch (source.kind()) {
            case CUBE -> finder.around(rows, source.size(), shift, keys(level), table(level), source.mostPairs());
            case DOWN ->
                finder.below(
                        rows,
                        shift,
                        keys(level),
                        parents(level).children(),
                        pyramid.level(level + 1).rows());
            case UP -> finder.above(rows, shift, keys(level), parents(level).parent());
        };
    }

    /** Bits of a key within a voxel of a level. */
    private int shift(int level) {
        return 3 * Integer.numberOfTrailingZeros(pyramid.level(level).tensorStride());
    }

    private Indices keys(int level) {
        if (!keys.containsKey(level)) {
            if (level == 0) {
                keys.put(0, finder.keys(pyramid.level(0)));
            } else {
                coarsen(level - 1);
            }
        }
        return keys.get(level);
    }

    private MapFinder.Parents parents(int level) {
        if (!parents.containsKey(level)) {
            coarsen(level);
        }
        return parents.get(level);
    }

    private void coarsen(int level) {
        CoordinateSet fine = pyramid.level(level);
        MapFinder.Parents found = finder.parents(
                fine.rows(), shift(level), keys(level), pyramid.level(level + 1).rows());
        parents.put(level, found);
        keys.put(level + 1, found.coarse());
    }

    private Indices table(int level) {
        Indices known = tables.get(level);
        if (known == null) {
            known = finder.table(pyramid.level(level).rows(), keys(level));
            tables.put(level, known);
        }
        return known;
    }

    @Override
    public synchronized void close() {
        keys.values().forEach(Indices::release);
        tables.values().forEach(Indices::release);
        parents.values().forEach(each -> {
            each.parent().release();
            each.children().release();
        });
        lists.forEach((source, each) -> {
            each.release();
            if (!chunked.containsKey(source)) {
                each.releaseChunks();
            }
        });
        arranged.values().forEach(MapTables.Arranged::close);
        chunked.values().forEach(MapPairs.Chunked::close);
    }
}
