package org.scenecontexts.sparseconv.kernel.vector;

import static org.scenecontexts.api.engine.vector.Tiles.COLUMNS;
import static org.scenecontexts.api.engine.vector.Tiles.LANES;
import static org.scenecontexts.api.engine.vector.Tiles.MAX_SUM;
import static org.scenecontexts.api.engine.vector.Tiles.ROWS;
import static org.scenecontexts.api.engine.vector.Tiles.ROW_STRIDE;
import static org.scenecontexts.api.engine.vector.Tiles.SPECIES;
import static org.scenecontexts.sparseconv.map.KernelMap.inRow;
import static org.scenecontexts.sparseconv.map.KernelMap.outRow;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.vector.Tiles;
import org.scenecontexts.sparseconv.kernel.FloatPool;
import org.scenecontexts.sparseconv.map.KernelMap;

/** Multiplies the input row of every pair of a kernel map by its weight slice and sums into the output row. */
final class PairProduct {

    /** Rows that are gathered and swept over all panels before going on, a multiple of {@link Tiles#ROWS}. */
    private static final int SWEEP = 96;

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
        float[] panels = pool.take(Math.addExact(Math.multiplyExact(map.lists(), listSize), WeightPanels.MARGIN));
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
        float[] rows = pool.take((SWEEP + 1) * ROW_STRIDE);
        for (int list = 0; list < map.lists(); list++) {
            boolean first = map.single() || (list == 0 && map.identityFirst());
            int end = map.end(block, list);
            for (int from = map.start(block, list); from < end; from += SWEEP) {
                int to = Math.min(end, from + SWEEP);
                for (int p = 0; p < job.cin; p += MAX_SUM) {
                    int length = Math.min(MAX_SUM, job.cin - p);
                    gather(job, map.pair(block), from, to, p, length, rows);
                    for (int panel = firstPanel; panel < endPanel; panel++) {
                        int weights = ((list * job.panelCount + panel) * job.cin + p) * COLUMNS;
                        tiles(job, block, from, to, rows, length, panel * COLUMNS, weights, first && p == 0, edge);
                    }
                }
            }
        }
        pool.give(rows);
        pool.give(edge);
    }

    /** Copies part of the input row of every pair to where the tiles expect it. */
    private static void gather(Job job, int[] pair, int from, int to, int p, int length, float[] rows) {
        float[] in = job.in;
        int vectors = length / LANES * LANES;
        for (int i = from; i < to; i++) {
            int row = inRow(pair[i]) * job.cin + p;
            int at = (i - from + 1) * ROW_STRIDE;
            for (int c = 0; c < vectors; c += LANES) {
                FloatVector.fromArray(SPECIES, in, row + c).intoArray(rows, at + c);
            }
            for (int c = vectors; c < length; c++) {
                rows[at + c] = in[row + c];
            }
        }
    }

    /** All pairs from {@code from} to {@code to}, gathered, for one panel of columns and one part of the sum. */
    private static void tiles(
            Job job,
            int block,
            int from,
            int to,
            float[] rows,
            int length,
            int column,
            int weights,
            boolean fresh,
            float[] edge) {
        int[] pair = job.map.pair(block);
        int first = job.map.firstRow(block);
        float[] out = job.out;
        float[] panels = job.panels;
        int cout = job.cout;
        int width = Math.min(COLUMNS, cout - column);
        boolean whole = width == COLUMNS || width == LANES;
        for (int i = from; i < to; i += ROWS) {
            int a0 = (i - from) * ROW_STRIDE;
            if (!whole || i + ROWS > to) {
                edgeTile(job, block, i, Math.min(ROWS, to - i), rows, a0, length, column, width, weights, fresh, edge);
                continue;
            }
            int c0 = (first + outRow(pair[i])) * cout + column;
            int c1 = (first + outRow(pair[i + 1])) * cout + column;
            int c2 = (first + outRow(pair[i + 2])) * cout + column;
            int c3 = (first + outRow(pair[i + 3])) * cout + column;
            int c4 = (first + outRow(pair[i + 4])) * cout + column;
            int c5 = (first + outRow(pair[i + 5])) * cout + column;
            if (width == COLUMNS) {
                Tiles.rows6x2(rows, a0, panels, weights, length, fresh, out, c0, c1, c2, c3, c4, c5);
            } else {
                Tiles.rows6x1(rows, a0, panels, weights, length, fresh, out, c0, c1, c2, c3, c4, c5);
            }
        }
    }

    /** A tile with fewer than six rows or an odd number of columns: computed aside, then added where it belongs. */
    private static void edgeTile(
            Job job,
            int block,
            int i,
            int count,
            float[] rows,
            int a0,
            int length,
            int column,
            int width,
            int weights,
            boolean fresh,
            float[] edge) {
        int w = COLUMNS;
        if (width <= LANES) {
            Tiles.rows6x1(rows, a0, job.panels, weights, length, true, edge, 0, w, 2 * w, 3 * w, 4 * w, 5 * w);
        } else {
            Tiles.rows6x2(rows, a0, job.panels, weights, length, true, edge, 0, w, 2 * w, 3 * w, 4 * w, 5 * w);
        }
        for (int r = 0; r < count; r++) {
            int to = (job.map.firstRow(block) + outRow(job.map.pair(block)[i + r])) * job.cout + column;
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
