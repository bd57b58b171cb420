package org.scenecontexts.sparseconv.kernel.vector;

import static org.scenecontexts.sparseconv.kernel.vector.Tiles.COLUMNS;
import static org.scenecontexts.sparseconv.kernel.vector.Tiles.LANES;
import static org.scenecontexts.sparseconv.kernel.vector.Tiles.ROWS;
import static org.scenecontexts.sparseconv.map.KernelMap.inRow;
import static org.scenecontexts.sparseconv.map.KernelMap.outRow;

import java.util.Arrays;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.sparseconv.kernel.FloatPool;
import org.scenecontexts.sparseconv.map.KernelMap;

/** Multiplies the input row of every pair of a kernel map by its weight slice and sums into the output row. */
final class PairProduct {

    /** Longest part of a sum that one tile runs over: its weight panel then fits L1 beside the rows. */
    private static final int MAX_SUM = 256;

    /** Values of gathered rows that are swept over all panels before going on: they stay in L2 meanwhile. */
    private static final int SWEEP_VALUES = 32 * 1024;

    /** Blocks are cut by columns until there are about so many pieces. */
    private static final int MIN_PIECES = 16;

    private final FloatPool pool;

    PairProduct(FloatPool pool) {
        this.pool = pool;
    }

    /** One call: the operands that every piece needs. */
    private record Job(KernelMap map, float[] in, int cin, float[] panels, int panelCount, int cout, float[] out) {}

    /**
     * {@code out[u] = sum of in[v] . W}, or of {@code in[v] . W^T} with weights stored {@code [slice, cout, cin]} if
     * {@code transposed}.
     */
    void run(
            KernelMap map,
            float[] in,
            int cin,
            float[] weights,
            boolean transposed,
            int cout,
            float[] out,
            Parallel parallel) {
        int panelCount = WeightPanels.count(cout);
        int listSize = panelCount * cin * COLUMNS;
        float[] panels = pool.take(Math.multiplyExact(map.lists(), listSize));
        parallel.run(map.lists(), list -> {
            int from = map.slice(list) * cin * cout;
            if (transposed) {
                WeightPanels.packTransposed(weights, from, cin, cout, panels, list * listSize);
            } else {
                WeightPanels.pack(weights, from, cin, cout, panels, list * listSize);
            }
        });
        Job job = new Job(map, in, cin, panels, panelCount, cout, out);
        int groups = Math.min(panelCount, (MIN_PIECES + map.blocks() - 1) / Math.max(1, map.blocks()));
        int groupPanels = (panelCount + groups - 1) / Math.max(1, groups);
        parallel.run(map.blocks() * groups, piece -> {
            int firstPanel = piece % groups * groupPanels;
            block(job, piece / groups, firstPanel, Math.min(panelCount, firstPanel + groupPanels));
        });
        pool.give(panels);
    }

    private void block(Job job, int block, int firstPanel, int endPanel) {
        if (firstPanel >= endPanel) {
            return;
        }
        KernelMap map = job.map;
        float[] edge = pool.take(ROWS * COLUMNS);
        boolean written = map.identityFirst() || map.single();
        if (!written) {
            clear(job, block, firstPanel, endPanel);
        }
        int sweep = Math.max(ROWS * 8, SWEEP_VALUES / Math.min(MAX_SUM, job.cin) / ROWS * ROWS);
        for (int list = 0; list < map.lists(); list++) {
            boolean first = map.single() || (list == 0 && map.identityFirst());
            int end = map.end(block, list);
            for (int from = map.start(block, list); from < end; from += sweep) {
                int to = Math.min(end, from + sweep);
                for (int p = 0; p < job.cin; p += MAX_SUM) {
                    int length = Math.min(MAX_SUM, job.cin - p);
                    for (int panel = firstPanel; panel < endPanel; panel++) {
                        int weights = ((list * job.panelCount + panel) * job.cin + p) * COLUMNS;
                        tiles(job, from, to, p, length, panel * COLUMNS, weights, first && p == 0, edge);
                    }
                }
            }
        }
        pool.give(edge);
    }

    /** All pairs from {@code from} to {@code to} for one panel of columns and one part of the sum. */
    private static void tiles(
            Job job, int from, int to, int p, int length, int column, int weights, boolean fresh, float[] edge) {
        long[] pair = job.map.pair();
        float[] in = job.in;
        float[] out = job.out;
        float[] panels = job.panels;
        int cin = job.cin;
        int cout = job.cout;
        int width = Math.min(COLUMNS, cout - column);
        int full = width == COLUMNS || width == LANES ? from + (to - from) / ROWS * ROWS : from;
        if (width == COLUMNS) {
            for (int i = from; i < full; i += ROWS) {
                Tiles.rows6x2(
                        in,
                        inRow(pair[i]) * cin + p,
                        inRow(pair[i + 1]) * cin + p,
                        inRow(pair[i + 2]) * cin + p,
                        inRow(pair[i + 3]) * cin + p,
                        inRow(pair[i + 4]) * cin + p,
                        inRow(pair[i + 5]) * cin + p,
                        panels,
                        weights,
                        length,
                        fresh,
                        out,
                        outRow(pair[i]) * cout + column,
                        outRow(pair[i + 1]) * cout + column,
                        outRow(pair[i + 2]) * cout + column,
                        outRow(pair[i + 3]) * cout + column,
                        outRow(pair[i + 4]) * cout + column,
                        outRow(pair[i + 5]) * cout + column);
            }
        } else if (width == LANES) {
            for (int i = from; i < full; i += ROWS) {
                Tiles.rows6x1(
                        in,
                        inRow(pair[i]) * cin + p,
                        inRow(pair[i + 1]) * cin + p,
                        inRow(pair[i + 2]) * cin + p,
                        inRow(pair[i + 3]) * cin + p,
                        inRow(pair[i + 4]) * cin + p,
                        inRow(pair[i + 5]) * cin + p,
                        panels,
                        weights,
                        length,
                        fresh,
                        out,
                        outRow(pair[i]) * cout + column,
                        outRow(pair[i + 1]) * cout + column,
                        outRow(pair[i + 2]) * cout + column,
                        outRow(pair[i + 3]) * cout + column,
                        outRow(pair[i + 4]) * cout + column,
                        outRow(pair[i + 5]) * cout + column);
            }
        }
        for (int i = full; i < to; i += ROWS) {
            edgeTile(job, i, Math.min(ROWS, to - i), p, length, column, width, weights, fresh, edge);
        }
    }

    /** A tile with fewer than six rows or an odd number of columns: computed aside, then added where it belongs. */
    private static void edgeTile(
            Job job,
            int i,
            int rows,
            int p,
            int length,
            int column,
            int width,
            int weights,
            boolean fresh,
            float[] edge) {
        long[] pair = job.map.pair();
        int cin = job.cin;
        int last = i + rows - 1;
        int a0 = inRow(pair[i]) * cin + p;
        int a1 = inRow(pair[Math.min(last, i + 1)]) * cin + p;
        int a2 = inRow(pair[Math.min(last, i + 2)]) * cin + p;
        int a3 = inRow(pair[Math.min(last, i + 3)]) * cin + p;
        int a4 = inRow(pair[Math.min(last, i + 4)]) * cin + p;
        int a5 = inRow(pair[Math.min(last, i + 5)]) * cin + p;
        if (width <= LANES) {
            Tiles.rows6x1(
                    job.in,
                    a0,
                    a1,
                    a2,
                    a3,
                    a4,
                    a5,
                    job.panels,
                    weights,
                    length,
                    true,
                    edge,
                    0,
                    COLUMNS,
                    2 * COLUMNS,
                    3 * COLUMNS,
                    4 * COLUMNS,
                    5 * COLUMNS);
        } else {
            Tiles.rows6x2(
                    job.in,
                    a0,
                    a1,
                    a2,
                    a3,
                    a4,
                    a5,
                    job.panels,
                    weights,
                    length,
                    true,
                    edge,
                    0,
                    COLUMNS,
                    2 * COLUMNS,
                    3 * COLUMNS,
                    4 * COLUMNS,
                    5 * COLUMNS);
        }
        for (int r = 0; r < rows; r++) {
            int to = outRow(job.map.pair()[i + r]) * job.cout + column;
            if (fresh) {
                System.arraycopy(edge, r * COLUMNS, job.out, to, width);
            } else {
                for (int c = 0; c < width; c++) {
                    job.out[to + c] += edge[r * COLUMNS + c];
                }
            }
        }
    }

    private static void clear(Job job, int block, int firstPanel, int endPanel) {
        int from = block * job.map.blockRows();
        int to = Math.min(job.map.outRows(), from + job.map.blockRows());
        int firstColumn = firstPanel * COLUMNS;
        int endColumn = Math.min(job.cout, endPanel * COLUMNS);
        if (endColumn - firstColumn == job.cout) {
            Arrays.fill(job.out, from * job.cout, to * job.cout, 0);
            return;
        }
        for (int row = from; row < to; row++) {
            Arrays.fill(job.out, row * job.cout + firstColumn, row * job.cout + endColumn, 0);
        }
    }
}
