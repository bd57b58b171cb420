package org.scenecontexts.sparseconv.kernel.vector;

import static org.scenecontexts.api.engine.vector.OuterTile.PANEL_ROWS;
import static org.scenecontexts.api.engine.vector.Tiles.COLUMNS;
import static org.scenecontexts.api.engine.vector.Tiles.LANES;
import static org.scenecontexts.api.engine.vector.Tiles.ROWS;
import static org.scenecontexts.api.engine.vector.Tiles.SPECIES;
import static org.scenecontexts.sparseconv.map.KernelMap.inRow;
import static org.scenecontexts.sparseconv.map.KernelMap.outRow;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.vector.OuterTile;
import org.scenecontexts.sparseconv.kernel.FloatPool;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Sums the outer products of input rows and output gradients over the pairs of each weight slice.
 *
 * <p>Both rows of some hundred pairs are copied into panels, which costs two passes over the rows, and then serve every
 * tile of the slice from L1 and L2. Rows are cut into a fixed number of parts whose sums are added in order.
 */
final class WeightGradient {

    /** Pairs per packed panel: one of inputs and one of gradients then take three quarters of L1. */
    private static final int MAX_PAIRS = 192;

    /** Blocks of a part at least: a part costs one more sum over all weights. */
    private static final int MIN_PART_BLOCKS = 8;

    private static final int MAX_PARTS = 8;

    /** Values of all partial sums together at most (16 MiB). */
    private static final int MAX_PARTIAL_VALUES = 4 << 20;

    private static final int MIN_PIECES = 32;

    private static final int REDUCE_CHUNK = 16 * 1024;

    private final FloatPool pool;

    WeightGradient(FloatPool pool) {
        this.pool = pool;
    }

    private record Job(KernelMap map, float[] in, int cin, float[] gradOut, int cout) {}

    void run(KernelMap map, float[] in, int cin, float[] gradOut, int cout, float[] gradWeights, Parallel parallel) {
        int size = map.lists() * cin * cout;
        int parts =
                Math.clamp(map.blocks() / MIN_PART_BLOCKS, 1, Math.clamp(1 + MAX_PARTIAL_VALUES / size, 1, MAX_PARTS));
        int partBlocks = (map.blocks() + parts - 1) / parts;
        int groups = Math.min(map.lists(), (MIN_PIECES + parts - 1) / parts);
        float[] partial = pool.take((parts - 1) * size);
        Job job = new Job(map, in, cin, gradOut, cout);
        parallel.run(parts * groups, piece -> {
            int part = piece / groups;
            int group = piece % groups;
            // Part 0 sums into the result itself, the others beside it.
            float[] to = part == 0 ? gradWeights : partial;
            int base = part == 0 ? 0 : (part - 1) * size;
            int firstBlock = part * partBlocks;
            part(job, firstBlock, Math.min(map.blocks(), firstBlock + partBlocks), group, groups, to, base);
        });
        if (parts > 1) {
            parallel.rows(size, REDUCE_CHUNK, (from, to) -> reduce(gradWeights, partial, size, parts, from, to));
        }
        pool.give(partial);
    }

    private static void reduce(float[] sum, float[] partial, int size, int parts, int from, int to) {
        int vectors = from + SPECIES.loopBound(to - from);
        for (int part = 0; part < parts - 1; part++) {
            int base = part * size;
            for (int i = from; i < vectors; i += LANES) {
                FloatVector.fromArray(SPECIES, sum, i)
                        .add(FloatVector.fromArray(SPECIES, partial, base + i))
                        .intoArray(sum, i);
            }
            for (int i = vectors; i < to; i++) {
                sum[i] += partial[base + i];
            }
        }
    }

    /** Every {@code groups}-th list from list {@code group} on, over a range of blocks. */
    private void part(Job job, int firstBlock, int endBlock, int group, int groups, float[] to, int base) {
        KernelMap map = job.map;
        int slice = job.cin * job.cout;
        for (int list = group; list < map.lists(); list += groups) {
            int at = base + map.slice(list) * slice;
            Arrays.fill(to, at, at + slice, 0);
        }
        float[] a = pool.take(inputPanels(job.cin) * MAX_PAIRS * COLUMNS + WeightPanels.MARGIN);
        float[] b = pool.take(WeightPanels.count(job.cout) * MAX_PAIRS * COLUMNS + WeightPanels.MARGIN);
        float[] edge = pool.take(ROWS * COLUMNS);
        for (int block = firstBlock; block < endBlock; block++) {
            int[] pair = map.pair(block);
            for (int list = group; list < map.lists(); list += groups) {
                int end = map.end(block, list);
                int pairs = end - map.start(block, list);
                int chunks = (pairs + MAX_PAIRS - 1) / MAX_PAIRS;
                int chunk = chunks == 0 ? 1 : (pairs + chunks - 1) / chunks;
                for (int from = map.start(block, list); from < end; from += chunk) {
                    int n = Math.min(chunk, end - from);
                    packInputs(job, pair, from, n, a);
                    packGradients(job, pair, map.firstRow(block), from, n, b);
                    tiles(job, n, a, b, to, base + map.slice(list) * slice, edge);
                }
            }
        }
        pool.give(a);
        pool.give(b);
        pool.give(edge);
    }

    private static void tiles(Job job, int n, float[] a, float[] b, float[] to, int at, float[] edge) {
        int cin = job.cin;
        int cout = job.cout;
        for (int column = 0; column < cout; column += COLUMNS) {
            int b0 = column * n;
            int width = Math.min(COLUMNS, cout - column);
            for (int row = 0; row < cin; row += ROWS) {
                int a0 = row / PANEL_ROWS * n * COLUMNS + row % PANEL_ROWS;
                int rows = Math.min(ROWS, cin - row);
                if (rows == ROWS && width == COLUMNS) {
                    int c = at + row * cout + column;
                    OuterTile.outer6x2(
                            a,
                            a0,
                            b,
                            b0,
                            n,
                            false,
                            to,
                            c,
                            c + cout,
                            c + 2 * cout,
                            c + 3 * cout,
                            c + 4 * cout,
                            c + 5 * cout);
                } else {
                    int w = COLUMNS;
                    OuterTile.outer6x2(a, a0, b, b0, n, true, edge, 0, w, 2 * w, 3 * w, 4 * w, 5 * w);
                    for (int r = 0; r < rows; r++) {
                        int c = at + (row + r) * cout + column;
                        for (int j = 0; j < width; j++) {
                            to[c + j] += edge[r * COLUMNS + j];
                        }
                    }
                }
            }
        }
    }

    private static int inputPanels(int cin) {
        return (cin + PANEL_ROWS - 1) / PANEL_ROWS;
    }

    /**
     * Copies input rows into {@code [panel][pair][COLUMNS]}, {@link OuterTile#PANEL_ROWS} channels to a panel. Whole vectors
     * are copied; what they hold past the last channel are other values, whose sums no one reads.
     */
    private static void packInputs(Job job, int[] pair, int from, int n, float[] a) {
        int cin = job.cin;
        int panels = inputPanels(cin);
        int lastSafe = job.in.length - ((panels - 1) * PANEL_ROWS + COLUMNS);
        for (int i = 0; i < n; i++) {
            int row = inRow(pair[from + i]) * cin;
            for (int panel = 0; panel < panels; panel++) {
                int channel = panel * PANEL_ROWS;
                int to = (panel * n + i) * COLUMNS;
                if (row <= lastSafe) {
                    FloatVector.fromArray(SPECIES, job.in, row + channel).intoArray(a, to);
                    FloatVector.fromArray(SPECIES, job.in, row + channel + LANES)
                            .intoArray(a, to + LANES);
                } else {
                    System.arraycopy(job.in, row + channel, a, to, Math.min(PANEL_ROWS, cin - channel));
                }
            }
        }
    }

    /** Copies gradient rows into {@code [panel][pair][COLUMNS]}; columns past the last channel are not read. */
    private static void packGradients(Job job, int[] pair, int firstRow, int from, int n, float[] b) {
        int cout = job.cout;
        int full = cout / COLUMNS;
        int rest = cout % COLUMNS;
        for (int i = 0; i < n; i++) {
            int row = (firstRow + outRow(pair[from + i])) * cout;
            for (int panel = 0; panel < full; panel++) {
                int to = (panel * n + i) * COLUMNS;
                FloatVector.fromArray(SPECIES, job.gradOut, row + panel * COLUMNS)
                        .intoArray(b, to);
                FloatVector.fromArray(SPECIES, job.gradOut, row + panel * COLUMNS + LANES)
                        .intoArray(b, to + LANES);
            }
            if (rest > 0) {
                System.arraycopy(job.gradOut, row + full * COLUMNS, b, (full * n + i) * COLUMNS, rest);
            }
        }
    }
}
