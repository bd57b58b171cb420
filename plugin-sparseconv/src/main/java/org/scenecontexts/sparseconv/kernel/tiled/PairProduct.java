package org.scenecontexts.sparseconv.kernel.tiled;

import static org.scenecontexts.sparseconv.map.KernelMap.inRow;
import static org.scenecontexts.sparseconv.map.KernelMap.outRow;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.FloatPool;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.kernels.tile.TileProducts;
import org.scenecontexts.kernels.tile.TileWorkspace;
import org.scenecontexts.sparseconv.map.KernelMap;

/** Multiplies the input row of every pair of a kernel map by its weight slice and sums into the output row. */
final class PairProduct {

    /** Input values that are swept over all panels before going on: they stay in L1 beside a panel, or near it. */
    private static final int SWEEP_VALUES = 9 * 1024;

    /** A multiple of the rows of every tile. */
    private static final int MIN_SWEEP = 48;

    /** Blocks are cut by columns until there are about so many pieces. */
    private static final int MIN_PIECES = 16;

    private final TileProducts tiles;
    private final int width;
    private final FloatPool pool;
    private final Parallel parallel;

    PairProduct(TileProducts tiles, FloatPool pool, Parallel parallel) {
        this.parallel = parallel;
        this.tiles = tiles;
        this.width = tiles.columns();
        this.pool = pool;
    }

    /** One call: what every piece needs. */
    private record Job(
            KernelMap map,
            int cin,
            int cout,
            int panelCount,
            int sweep,
            int atIn,
            float[] out,
            int atOut,
            TileProducts.Operands operands) {}

    /**
     * {@code out[u] = sum of in[v] . W}, or of {@code in[v] . W^T} with weights stored {@code [slice, cout, cin]} if
     * {@code transposed}.
     */
    void run(KernelMap map, Buffer in, int cin, Buffer weights, boolean transposed, int cout, Buffer out) {
        int panelCount = (cout + width - 1) / width;
        int listSize = panelCount * cin * width;
        float[] panels = pool.take(Math.multiplyExact(map.lists(), listSize));
        float[] slices = weights.array();
        int atWeights = weights.arrayOffset();
        parallel.run(map.lists(), list -> {
            int from = atWeights + map.slice(list) * cin * cout;
            if (transposed) {
                WeightPanels.packTransposed(slices, from, cin, cout, width, panels, list * listSize);
            } else {
                WeightPanels.pack(slices, from, cin, cout, width, panels, list * listSize);
            }
        });
        int sweep = Math.clamp(SWEEP_VALUES / cin / MIN_SWEEP * MIN_SWEEP, MIN_SWEEP, TileProducts.MAX_OFFSETS);
        Job job = new Job(
                map,
                cin,
                cout,
                panelCount,
                sweep,
                in.arrayOffset(),
                out.array(),
                out.arrayOffset(),
                tiles.bind(in.array(), panels, out.array()));
        int groups = Math.min(panelCount, (MIN_PIECES + map.blocks() - 1) / Math.max(1, map.blocks()));
        int groupColumns = (panelCount + groups - 1) / Math.max(1, groups) * width;
        parallel.run(map.blocks() * groups, piece -> {
            int column = piece % groups * groupColumns;
            int columns = Math.min(cout - column, groupColumns);
            if (columns > 0) {
                block(job, piece / groups, column, columns);
            }
        });
        pool.give(panels);
    }

    /** One block of output rows, for some of the columns. */
    private void block(Job job, int block, int column, int columns) {
        KernelMap map = job.map;
        boolean written = map.identityFirst() || map.single();
        if (!written) {
            clear(job, block, column, columns);
        }
        TileWorkspace at = tiles.take();
        int[] pair = map.pair(block);
        int firstResult = job.atOut + map.firstRow(block) * job.cout + column;
        for (int list = 0; list < map.lists(); list++) {
            boolean first = map.single() || (list == 0 && map.identityFirst());
            int panel = (list * job.panelCount * width + column) * job.cin;
            int end = map.end(block, list);
            for (int from = map.start(block, list); from < end; from += job.sweep) {
                int rows = Math.min(job.sweep, end - from);
                for (int i = 0; i < rows; i++) {
                    at.left()[i] = job.atIn + inRow(pair[from + i]) * job.cin;
                    at.result()[i] = firstResult + outRow(pair[from + i]) * job.cout;
                }
                sweep(job, at, rows, panel, columns, first);
            }
        }
        tiles.give(at);
    }

    /** Some rows, over the whole sum. */
    private void sweep(Job job, TileWorkspace at, int rows, int panel, int columns, boolean fresh) {
        int stride = job.cin * width;
        for (int p = 0; p < job.cin; p += TileProducts.MAX_LENGTH) {
            int length = Math.min(TileProducts.MAX_LENGTH, job.cin - p);
            job.operands.rows(at, rows, panel + p * width, stride, columns, length, fresh && p == 0);
            for (int i = 0; p + length < job.cin && i < rows; i++) {
                at.left()[i] += length;
            }
        }
    }

    private static void clear(Job job, int block, int column, int columns) {
        int from = block * job.map.blockRows();
        int to = Math.min(job.map.outRows(), from + job.map.blockRows());
        if (columns == job.cout) {
            Arrays.fill(job.out, job.atOut + from * job.cout, job.atOut + to * job.cout, 0);
            return;
        }
        for (int row = from; row < to; row++) {
            int at = job.atOut + row * job.cout + column;
            Arrays.fill(job.out, at, at + columns, 0);
        }
    }
}
