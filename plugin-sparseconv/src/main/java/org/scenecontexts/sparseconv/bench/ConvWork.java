package org.scenecontexts.sparseconv.bench;

import java.util.Arrays;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;

/** Counts the work of sparse convolutions. */
final class ConvWork {

    private ConvWork() {}

    /**
     * Work of any of the three computations: all read or write the rows on both sides and the weights once, and each pair
     * of the map once.
     */
    static Work of(KernelMap map, int cin, int cout) {
        long numbers = (long) map.inRows() * cin + (long) map.outRows() * cout + (long) map.lists() * cin * cout;
        long bytes = Float.BYTES * numbers + (long) Long.BYTES * map.pairs();
        return new Work(SparseConvKernels.flops(map, cin, cout), bytes, Math.max(map.inRows(), map.outRows()));
    }

    /** Work of a call of {@link SparseConvKernels}, all of whose computations name a map and the two channel counts. */
    static Work ofCall(String method, Object[] arguments) {
        if (arguments.length == 0 || !(arguments[0] instanceof KernelMap map)) {
            return Work.NONE;
        }
        int[] channels = Arrays.stream(arguments)
                .filter(Integer.class::isInstance)
                .mapToInt(Integer.class::cast)
                .toArray();
        return of(map, channels[0], channels[1]);
    }
}
