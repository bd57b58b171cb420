package org.scenecontexts.benchmarks.peer;

import org.bytedeco.pytorch.Tensor;
import org.scenecontexts.sparseconv.map.KernelMap;

/** A kernel map as libtorch takes it: per weight slice the input and the output row of each pair. */
final class TorchMap {

    private final Tensor[] in;
    private final Tensor[] out;
    private final int outRows;

    TorchMap(KernelMap map) {
        in = new Tensor[map.lists()];
        out = new Tensor[map.lists()];
        outRows = map.outRows();
        for (int list = 0; list < map.lists(); list++) {
            int count = 0;
            for (int block = 0; block < map.blocks(); block++) {
                count += map.end(block, list) - map.start(block, list);
            }
            long[] from = new long[count];
            long[] to = new long[count];
            int next = 0;
            for (int block = 0; block < map.blocks(); block++) {
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    from[next] = KernelMap.inRow(map.pair()[p]);
                    to[next++] = KernelMap.outRow(map.pair()[p]);
                }
            }
            in[map.slice(list)] = Tensor.create(from, count);
            out[map.slice(list)] = Tensor.create(to, count);
        }
    }

    int slices() {
        return in.length;
    }

    int outRows() {
        return outRows;
    }

    Tensor in(int slice) {
        return in[slice];
    }

    Tensor out(int slice) {
        return out[slice];
    }

    /** Whether no pair uses a slice. */
    boolean empty(int slice) {
        return in[slice].numel() == 0;
    }
}
