package org.scenecontexts.sparseconv.kernel.composed;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * The pairs of a kernel map as dense kernels take them: for each list which input rows are gathered and which output rows get
 * their products. Brought over once per map, and closed with its batch.
 *
 * @param in input rows of each list
 * @param out output rows of each list, ascending
 * @param most pairs of the longest list
 */
record ListRows(List<Indices> in, List<Indices> out, int most) implements KernelMap.Derived {

    static ListRows of(TensorEngine engine, KernelMap map) {
        List<Indices> in = new ArrayList<>();
        List<Indices> out = new ArrayList<>();
        int most = 0;
        for (int list = 0; list < map.lists(); list++) {
            int count = 0;
            for (int block = 0; block < map.blocks(); block++) {
                count += map.end(block, list) - map.start(block, list);
            }
            int[] from = new int[count];
            int[] to = new int[count];
            int at = 0;
            for (int block = 0; block < map.blocks(); block++) {
                int[] pair = map.pair(block);
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    from[at] = KernelMap.inRow(pair[p]);
                    to[at++] = map.firstRow(block) + KernelMap.outRow(pair[p]);
                }
            }
            in.add(engine.indices(from, Math.max(1, map.inRows())));
            out.add(engine.indices(to, Math.max(1, map.outRows())));
            most = Math.max(most, count);
        }
        return new ListRows(List.copyOf(in), List.copyOf(out), most);
    }

    @Override
    public void close() {
        in.forEach(ListRows::close);
        out.forEach(ListRows::close);
    }

    private static void close(Indices indices) {
        if (indices instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("indices on device '" + indices.device() + "' cannot be given back", e);
            }
        }
    }
}
