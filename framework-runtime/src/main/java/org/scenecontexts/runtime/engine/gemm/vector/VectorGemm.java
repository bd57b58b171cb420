package org.scenecontexts.runtime.engine.gemm.vector;

import static org.scenecontexts.api.engine.vector.Tiles.COLUMNS;
import static org.scenecontexts.api.engine.vector.Tiles.LANES;
import static org.scenecontexts.api.engine.vector.Tiles.ROWS;
import static org.scenecontexts.api.engine.vector.Tiles.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.vector.Tiles;
import org.scenecontexts.runtime.engine.gemm.Gemm;

/**
 * Matrix products by register tiles over packed panels, blocked for the caches.
 *
 * <p>The right operand is packed once and shared; pieces are chunks of rows. Products with few results and long sums,
 * such as weight gradients of linear layers, are cut along the sum instead, into a number of parts that depends on the
 * shape only, and the parts are added in order.
 *
 * @since 0.1
 */
public final class VectorGemm implements Gemm {

    /** Indices of the sum per panel: a panel of the right operand then takes half of L1. */
    private static final int SUM_BLOCK = Tiles.MAX_SUM;

    /** Rows per piece, a multiple of {@link Tiles#ROWS}: with a block of the sum they take a fifth of L2. */
    private static final int ROW_CHUNK = 96;

    private static final int MIN_PIECES = 16;

    private static final int MIN_PART = 2048;
    private static final int MAX_PARTS = 16;

    /** Results of all parts together at most (16 MiB). */
    private static final int MAX_PARTIAL_VALUES = 4 << 20;

    private static final int REDUCE_CHUNK = 16 * 1024;

    private final FloatPool pool = new FloatPool();

    private record Job(boolean ta, boolean tb, int m, int n, int k, float[] a, float[] b, float[] c) {}

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public void multiply(
            Parallel parallel,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float[] a,
            float[] b,
            float[] c,
            boolean accumulate) {
        Gemm.check(m, n, k, a, b, c);
        if (m == 0 || n == 0) {
            return;
        }
        if (k == 0) {
            if (!accumulate) {
                Arrays.fill(c, 0, m * n, 0);
            }
            return;
        }
        Job job = new Job(transposeA, transposeB, m, n, k, a, b, c);
        int rowPieces = (m + ROW_CHUNK - 1) / ROW_CHUNK;
        if (rowPieces < MIN_PIECES && k >= 2 * MIN_PART && k >= 8 * Math.max(m, n)) {
            alongSum(job, accumulate, parallel);
        } else {
            byRows(job, rowPieces, accumulate, parallel);
        }
    }

    private void byRows(Job job, int rowPieces, boolean accumulate, Parallel parallel) {
        int panelCount = Panels.count(job.n);
        float[] panels = pool.take(Math.addExact(Math.multiplyExact(panelCount * COLUMNS, job.k), Panels.MARGIN));
        int sumBlocks = (job.k + SUM_BLOCK - 1) / SUM_BLOCK;
        parallel.run(sumBlocks * panelCount, piece -> {
            int p = piece / panelCount * SUM_BLOCK;
            int length = Math.min(SUM_BLOCK, job.k - p);
            int column = piece % panelCount * COLUMNS;
            int stride = job.tb ? job.k : job.n;
            int at = panelCount * COLUMNS * p + column * length;
            Panels.right(job.b, job.tb, stride, p, length, column, job.n, panels, at);
        });
        int groups = Math.min(panelCount, (MIN_PIECES + rowPieces - 1) / rowPieces);
        int groupPanels = (panelCount + groups - 1) / groups;
        parallel.run(rowPieces * groups, piece -> {
            int row = piece / groups * ROW_CHUNK;
            int firstPanel = piece % groups * groupPanels;
            int endPanel = Math.min(panelCount, firstPanel + groupPanels);
            if (firstPanel < endPanel) {
                chunk(job, row, Math.min(ROW_CHUNK, job.m - row), firstPanel, endPanel, panels, accumulate);
            }
        });
        pool.give(panels);
    }

    private void chunk(Job job, int row, int rows, int firstPanel, int endPanel, float[] panels, boolean accumulate) {
        int panelCount = Panels.count(job.n);
        float[] left = pool.take(job.ta ? Panels.leftTransposedSize(ROW_CHUNK, SUM_BLOCK) : Panels.leftSize(ROW_CHUNK));
        float[] edge = pool.take(ROWS * COLUMNS);
        for (int p = 0; p < job.k; p += SUM_BLOCK) {
            int length = Math.min(SUM_BLOCK, job.k - p);
            Tiling t = new Tiling(job.n, row, rows, length, !accumulate && p == 0, job.c, 0, edge);
            if (job.ta) {
                Panels.leftTransposed(job.a, job.m, p, length, row, rows, left);
            } else {
                Panels.left(job.a, job.k, p, length, row, rows, left);
            }
            for (int panel = firstPanel; panel < endPanel; panel++) {
                int at = panelCount * COLUMNS * p + panel * COLUMNS * length;
                if (job.ta) {
                    t.outer(left, panels, at, panel * COLUMNS);
                } else {
                    t.rows(left, panels, at, panel * COLUMNS);
                }
            }
        }
        pool.give(left);
        pool.give(edge);
    }

    private void alongSum(Job job, boolean accumulate, Parallel parallel) {
        int size = job.m * job.n;
        int parts = Math.clamp(job.k / MIN_PART, 1, Math.clamp(MAX_PARTIAL_VALUES / size, 1, MAX_PARTS));
        int partLength = (job.k + parts - 1) / parts;
        float[] partial = pool.take(Math.multiplyExact(parts, size));
        parallel.run(parts, part -> {
            int from = part * partLength;
            part(job, from, Math.min(job.k, from + partLength), partial, part * size);
        });
        parallel.rows(size, REDUCE_CHUNK, (from, to) -> reduce(job.c, partial, size, parts, accumulate, from, to));
        pool.give(partial);
    }

    /** The product over a range of the sum, written at {@code base}. */
    private void part(Job job, int from, int to, float[] c, int base) {
        int panelCount = Panels.count(job.n);
        int block = job.m + job.n > SUM_BLOCK ? SUM_BLOCK / 2 : SUM_BLOCK;
        float[] left = pool.take(job.ta ? Panels.leftTransposedSize(job.m, block) : Panels.leftSize(job.m));
        float[] panels = pool.take(panelCount * COLUMNS * block + Panels.MARGIN);
        float[] edge = pool.take(ROWS * COLUMNS);
        int stride = job.tb ? job.k : job.n;
        if (from >= to) {
            Arrays.fill(c, base, base + job.m * job.n, 0);
        }
        for (int p = from; p < to; p += block) {
            int length = Math.min(block, to - p);
            Tiling t = new Tiling(job.n, 0, job.m, length, p == from, c, base, edge);
            if (job.ta) {
                Panels.leftTransposed(job.a, job.m, p, length, 0, job.m, left);
            } else {
                Panels.left(job.a, job.k, p, length, 0, job.m, left);
            }
            for (int panel = 0; panel < panelCount; panel++) {
                int column = panel * COLUMNS;
                Panels.right(job.b, job.tb, stride, p, length, column, job.n, panels, column * length);
                if (job.ta) {
                    t.outer(left, panels, column * length, column);
                } else {
                    t.rows(left, panels, column * length, column);
                }
            }
        }
        pool.give(left);
        pool.give(panels);
        pool.give(edge);
    }

    private static void reduce(float[] c, float[] partial, int size, int parts, boolean accumulate, int from, int to) {
        int vectors = from + SPECIES.loopBound(to - from);
        for (int i = from; i < vectors; i += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, partial, i);
            for (int part = 1; part < parts; part++) {
                sum = sum.add(FloatVector.fromArray(SPECIES, partial, part * size + i));
            }
            (accumulate ? sum.add(FloatVector.fromArray(SPECIES, c, i)) : sum).intoArray(c, i);
        }
        for (int i = vectors; i < to; i++) {
            float sum = partial[i];
            for (int part = 1; part < parts; part++) {
                sum += partial[part * size + i];
            }
            c[i] = accumulate ? sum + c[i] : sum;
        }
    }
}
