package org.scenecontexts.sparseconv.kernel.vector;

import static org.scenecontexts.sparseconv.kernel.vector.Tiles.COLUMNS;
import static org.scenecontexts.sparseconv.kernel.vector.Tiles.LANES;
import static org.scenecontexts.sparseconv.kernel.vector.Tiles.ROWS;
import static org.scenecontexts.sparseconv.kernel.vector.Tiles.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.sparseconv.kernel.FloatPool;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Sums the outer products of input rows and output gradients over the pairs of each weight slice.
 *
 * <p>Both rows of some hundred pairs are copied into panels, which costs two passes over the rows, and then serve every
 * tile of the slice from L1 and L2. Rows are cut into a fixed number of parts whose sums are added in order.
 */
final class WeightGradient {

    /** Pairs per packed panel; a panel of columns then takes half of L1. */
    private static final int MAX_PAIRS = 256;

    /** Blocks of a part at least: a part costs one more sum over all weights. */
    private static final int MIN_PART_BLOCKS = 8;

    private static final int MAX_PARTS = 8;

    /** Values of all partial sums together at most (16 MiB). */
    private static final int MAX_PARTIAL_VALUES = 4 << 20;

    private static final int MIN_PIECES = 32;

    /** Values that writing one row of an input panel may spill past its {@link Tiles#ROWS} values. */
    private static final int SPILL = (ROWS + LANES - 1) / LANES * LANES - ROWS;

    private static final int REDUCE_CHUNK = 16 * 1024;

    private final FloatPool pool;

    WeightGradient(FloatPool pool) {
        this.pool = pool;
    }

    private record Job(KernelMap map, float[] in, int cin, float[] gradOut, int cout) {}

    void run(
            KernelMap map,
            float[] in,
            int cin,
            float[] gradOut,
            int cout,
            float[] gradWeights,
            Parallel parallel) {
        int size = map.lists() * cin * cout;
        int parts = Math.clamp(
                map.blocks() / MIN_PART_BLOCKS, 1, Math.clamp(1 + MAX_PARTIAL_VALUES / size, 1, MAX_PARTS));
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
        int rowTiles = (job.cin + ROWS - 1) / ROWS;
        float[] a = pool.take(rowTiles * (MAX_PAIRS * ROWS + SPILL));
        float[] b = pool.take(WeightPanels.count(job.cout) * MAX_PAIRS * COLUMNS);
        float[] edge = pool.take(ROWS * COLUMNS);
        for (int block = firstBlock; block < endBlock; block++) {
            for (int list = group; list < map.lists(); list += groups) {
                int end = map.end(block, list);
                for (int from = map.start(block, list); from < end; from += MAX_PAIRS) {
                    int n = Math.min(MAX_PAIRS, end - from);
                    packInputs(job, from, n, a);
                    packGradients(job, from, n, b);
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
        int stride = n * ROWS + SPILL;
        for (int column = 0; column < cout; column += COLUMNS) {
            int b0 = column * n;
            int width = Math.min(COLUMNS, cout - column);
            for (int row = 0; row < cin; row += ROWS) {
                int a0 = row / ROWS * stride;
                int rows = Math.min(ROWS, cin - row);
                if (rows == ROWS && width == COLUMNS) {
                    int c = at + row * cout + column;
                    Tiles.outer6x2(
                            a, a0, a0 + 1, a0 + 2, a0 + 3, a0 + 4, a0 + 5, b, b0, n,
                            to, c, c + cout, c + 2 * cout, c + 3 * cout, c + 4 * cout, c + 5 * cout);
                } else {
                    Arrays.fill(edge, 0, ROWS * COLUMNS, 0);
                    Tiles.outer6x2(
                            a, a0, a0 + 1, a0 + 2, a0 + 3, a0 + 4, a0 + 5, b, b0, n,
                            edge, 0, COLUMNS, 2 * COLUMNS, 3 * COLUMNS, 4 * COLUMNS, 5 * COLUMNS);
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

    /**
     * Copies input rows into {@code [row tile][pair][ROWS]}. Whole vectors are written and the next pair overwrites what
     * was too much; rows past the last channel hold other values, which no one reads the sums of.
     */
    private static void packInputs(Job job, int from, int n, float[] a) {
        int cin = job.cin;
        int tiles = (cin + ROWS - 1) / ROWS;
        int stride = n * ROWS + SPILL;
        int[] rows = job.map.inRow();
        int lastSafe = job.in.length - (tiles * ROWS + SPILL);
        for (int i = 0; i < n; i++) {
            int row = rows[from + i] * cin;
            if (row <= lastSafe) {
                for (int t = 0; t < tiles; t++) {
                    int to = t * stride + i * ROWS;
                    for (int v = 0; v < ROWS; v += LANES) {
                        FloatVector.fromArray(SPECIES, job.in, row + t * ROWS + v).intoArray(a, to + v);
                    }
                }
            } else {
                for (int t = 0; t < tiles; t++) {
                    System.arraycopy(job.in, row + t * ROWS, a, t * stride + i * ROWS, Math.min(ROWS, cin - t * ROWS));
                }
            }
        }
    }

    /** Copies gradient rows into {@code [panel][pair][COLUMNS]}; columns past the last channel are not read. */
    private static void packGradients(Job job, int from, int n, float[] b) {
        int cout = job.cout;
        int full = cout / COLUMNS;
        int rest = cout % COLUMNS;
        int[] rows = job.map.outRow();
        for (int i = 0; i < n; i++) {
            int row = rows[from + i] * cout;
            for (int panel = 0; panel < full; panel++) {
                int to = (panel * n + i) * COLUMNS;
                FloatVector.fromArray(SPECIES, job.gradOut, row + panel * COLUMNS).intoArray(b, to);
                FloatVector.fromArray(SPECIES, job.gradOut, row + panel * COLUMNS + LANES).intoArray(b, to + LANES);
            }
            if (rest > 0) {
                System.arraycopy(job.gradOut, row + full * COLUMNS, b, (full * n + i) * COLUMNS, rest);
            }
        }
    }
}
