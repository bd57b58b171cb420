package org.scenecontexts.sparseconv.kernel.opencl;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * A kernel map as flat arrays of {@code int}, which is what kernels can read; made once per map and kept as long as the
 * map is. Every index is checked here, because an index out of bounds on a device ends the JVM.
 */
final class MapArrays {

    /**
     * Pairs sorted by list.
     *
     * @param start first pair of each list, and the number of pairs
     */
    record Pairs(int[] start, int[] in, int[] out) {}

    private final Map<KernelMap, int[]> neighbours = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<KernelMap, Pairs> pairs = Collections.synchronizedMap(new WeakHashMap<>());

    /** Input row per output row and list, -1 where there is none: {@code [outRows, lists]}. */
    int[] neighbours(KernelMap map) {
        return neighbours.computeIfAbsent(map, MapArrays::tabulate);
    }

    /** The pairs sorted by list. */
    Pairs pairs(KernelMap map) {
        return pairs.computeIfAbsent(map, MapArrays::sort);
    }

    private static int[] tabulate(KernelMap map) {
        int lists = map.lists();
        int[] table = new int[Math.multiplyExact(map.outRows(), lists)];
        Arrays.fill(table, -1);
        long[] pair = map.pair();
        for (int block = 0; block < map.blocks(); block++) {
            for (int list = 0; list < lists; list++) {
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    table[out(map, pair[p]) * lists + list] = in(map, pair[p]);
                }
            }
        }
        return table;
    }

    private static Pairs sort(KernelMap map) {
        int[] start = new int[map.lists() + 1];
        int[] in = new int[Math.max(1, map.pairs())];
        int[] out = new int[Math.max(1, map.pairs())];
        long[] pair = map.pair();
        int size = 0;
        for (int list = 0; list < map.lists(); list++) {
            for (int block = 0; block < map.blocks(); block++) {
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    in[size] = in(map, pair[p]);
                    out[size++] = out(map, pair[p]);
                }
            }
            start[list + 1] = size;
        }
        return new Pairs(start, in, out);
    }

    private static int in(KernelMap map, long pair) {
        return java.util.Objects.checkIndex(KernelMap.inRow(pair), map.inRows());
    }

    private static int out(KernelMap map, long pair) {
        return java.util.Objects.checkIndex(KernelMap.outRow(pair), map.outRows());
    }
}
