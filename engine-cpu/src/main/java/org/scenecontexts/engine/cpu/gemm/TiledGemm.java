package org.scenecontexts.engine.cpu.gemm;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.FloatPool;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.kernels.tile.TileProducts;
import org.scenecontexts.kernels.tile.TileWorkspace;

/**
 * Matrix products by register tiles over packed panels, blocked for the caches.
 *
 * <p>The right operand is packed once and shared; pieces are chunks of rows. Products with few results and long sums,
 * such as weight gradients of linear layers, are cut along the sum instead, into a number of parts that depends on the
 * shape only, and the parts are added in order.
 *
 * @since 0.1
 */
public final class TiledGemm implements Gemm {

    /** Indices of the sum per panel. */
    private static final int SUM_BLOCK = TileProducts.MAX_LENGTH;

    /** Rows per piece, a multiple of the rows of every tile: with a block of the sum they take a fifth of L2. */
    private static final int ROW_CHUNK = 96;

    private static final int MIN_PIECES = 16;

    private static final int MIN_PART = 2048;
    private static final int MAX_PARTS = 16;

    /** Results of all parts together at most (16 MiB). */
    private static final int MAX_PARTIAL_VALUES = 4 << 20;

    private static final int REDUCE_CHUNK = 16 * 1024;

    private final TileProducts tiles;
    private final int width;
    private final FloatPool pool = new FloatPool();

    /**
     * @param tiles does the sums
     */
    public TiledGemm(TileProducts tiles) {
        this.tiles = tiles;
        width = tiles.columns();
    }

    /** One product: shapes, and where its operands begin in their arrays. */
    private record Job(
            boolean ta, boolean tb, int m, int n, int k, float[] a, int atA, float[] b, int atB, float[] c, int atC) {
        int rightStride() {
            return tb ? k : n;
        }
    }

    @Override
    public String name() {
        return tiles.name();
    }

    @Override
    public void multiply(
            Parallel parallel,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            Buffer a,
            Buffer b,
            Buffer c,
            boolean accumulate) {
        Gemm.check(m, n, k, a, b, c);
        if (m == 0 || n == 0) {
            return;
        }
        if (k == 0) {
            if (!accumulate) {
                Arrays.fill(c.array(), c.arrayOffset(), c.arrayOffset() + m * n, 0);
            }
            return;
        }
        Job job = new Job(
                transposeA,
                transposeB,
                m,
                n,
                k,
                a.array(),
                a.arrayOffset(),
                b.array(),
                b.arrayOffset(),
                c.array(),
                c.arrayOffset());
        int rowPieces = (m + ROW_CHUNK - 1) / ROW_CHUNK;
        if (rowPieces < MIN_PIECES && k >= 2 * MIN_PART && k >= 8 * Math.max(m, n)) {
            alongSum(job, accumulate, parallel);
        } else {
            byRows(job, rowPieces, accumulate, parallel);
        }
    }

    private int panelCount(int columns) {
        return (columns + width - 1) / width;
    }

    // ---- pieces of rows ----

    private void byRows(Job job, int rowPieces, boolean accumulate, Parallel parallel) {
        int panelCount = panelCount(job.n);
        float[] panels = pool.take(Math.multiplyExact(panelCount * width, job.k));
        int sumBlocks = (job.k + SUM_BLOCK - 1) / SUM_BLOCK;
        parallel.run(sumBlocks * panelCount, piece -> {
            int p = piece / panelCount * SUM_BLOCK;
            int column = piece % panelCount * width;
            int length = Math.min(SUM_BLOCK, job.k - p);
            int at = panelCount * width * p + column * length;
            int columns = Math.min(width, job.n - column);
            Panels.right(job.b, job.atB, job.tb, job.rightStride(), p, length, column, columns, width, panels, at);
        });
        int groups = Math.min(panelCount, (MIN_PIECES + rowPieces - 1) / rowPieces);
        int groupColumns = (panelCount + groups - 1) / groups * width;
        // Rows that lie one after another and are read once need no copy.
        boolean inPlace = !job.ta && job.k <= SUM_BLOCK;
        TileProducts.Operands direct = tiles.bind(inPlace ? job.a : panels, panels, job.c);
        parallel.run(rowPieces * groups, piece -> {
            int row = piece / groups * ROW_CHUNK;
            int column = piece % groups * groupColumns;
            int columns = Math.min(job.n - column, groupColumns);
            if (columns > 0) {
                int rows = Math.min(ROW_CHUNK, job.m - row);
                if (inPlace) {
                    TileWorkspace at = tiles.take();
                    offsets(at.left(), rows, job.atA + row * job.k, job.k);
                    offsets(at.result(), rows, job.atC + row * job.n + column, job.n);
                    direct.rows(at, rows, column * job.k, width * job.k, columns, job.k, !accumulate);
                    tiles.give(at);
                } else {
                    chunk(job, row, rows, column, columns, panels, accumulate);
                }
            }
        });
        pool.give(panels);
    }

    /** Rows whose sums are longer than a block: packed block by block. */
    private void chunk(Job job, int row, int rows, int column, int columns, float[] panels, boolean accumulate) {
        float[] left = pool.take(ROW_CHUNK * (SUM_BLOCK + Panels.LEFT_PADDING));
        TileWorkspace at = tiles.take();
        TileProducts.Operands operands = tiles.bind(left, panels, job.c);
        offsets(at.result(), rows, job.atC + row * job.n + column, job.n);
        for (int p = 0; p < job.k; p += SUM_BLOCK) {
            int length = Math.min(SUM_BLOCK, job.k - p);
            packLeft(job, p, length, row, rows, left, at);
            int panel = panelCount(job.n) * width * p + column * length;
            operands.rows(at, rows, panel, width * length, columns, length, !accumulate && p == 0);
        }
        tiles.give(at);
        pool.give(left);
    }

    /** Copies a block of the sum of some left rows to where they do not compete for cache lines. */
    private static void packLeft(Job job, int p, int length, int row, int rows, float[] left, TileWorkspace at) {
        if (job.ta) {
            Panels.leftTransposed(job.a, job.atA, job.m, p, length, row, rows, left);
        } else {
            Panels.left(job.a, job.atA, job.k, p, length, row, rows, left);
        }
        offsets(at.left(), rows, 0, length + Panels.LEFT_PADDING);
    }

    private static void offsets(int[] offsets, int count, int first, int stride) {
        for (int i = 0; i < count; i++) {
            offsets[i] = first + i * stride;
        }
    }

    // ---- parts of the sum ----

    private void alongSum(Job job, boolean accumulate, Parallel parallel) {
        int size = job.m * job.n;
        int parts = Math.clamp(job.k / MIN_PART, 1, Math.clamp(MAX_PARTIAL_VALUES / size, 1, MAX_PARTS));
        int partLength = (job.k + parts - 1) / parts;
        float[] partial = pool.take(Math.multiplyExact(parts, size));
        parallel.run(parts, part -> {
            int from = part * partLength;
            int to = Math.min(job.k, from + partLength);
            if (from >= to) {
                Arrays.fill(partial, part * size, part * size + size, 0);
            } else if (job.ta && !job.tb) {
                outerPart(job, from, to, partial, part * size);
            } else {
                rowPart(job, from, to, partial, part * size);
            }
        });
        parallel.rows(size, REDUCE_CHUNK, (from, to) -> reduce(job, partial, size, parts, accumulate, from, to));
        pool.give(partial);
    }

    /** A range of the sum where both operands hold one step after the other: nothing is packed. */
    private void outerPart(Job job, int from, int to, float[] c, int base) {
        TileWorkspace at = tiles.take();
        TileProducts.Operands operands = tiles.bind(job.a, job.b, c);
        for (int p = from; p < to; p += TileProducts.MAX_OFFSETS) {
            int length = Math.min(TileProducts.MAX_OFFSETS, to - p);
            offsets(at.left(), length, job.atA + p * job.m, job.m);
            offsets(at.right(), length, job.atB + p * job.n, job.n);
            operands.outer(at, length, job.m, job.n, base, job.n, p == from);
        }
        tiles.give(at);
    }

    /** A range of the sum of any operands, packed block by block. */
    private void rowPart(Job job, int from, int to, float[] c, int base) {
        int panelCount = panelCount(job.n);
        float[] panels = pool.take(panelCount * width * SUM_BLOCK);
        float[] left = pool.take(ROW_CHUNK * (SUM_BLOCK + Panels.LEFT_PADDING));
        TileWorkspace at = tiles.take();
        TileProducts.Operands operands = tiles.bind(left, panels, c);
        for (int p = from; p < to; p += SUM_BLOCK) {
            int length = Math.min(SUM_BLOCK, to - p);
            for (int column = 0; column < job.n; column += width) {
                int columns = Math.min(width, job.n - column);
                Panels.right(
                        job.b,
                        job.atB,
                        job.tb,
                        job.rightStride(),
                        p,
                        length,
                        column,
                        columns,
                        width,
                        panels,
                        column * length);
            }
            for (int row = 0; row < job.m; row += ROW_CHUNK) {
                int rows = Math.min(ROW_CHUNK, job.m - row);
                packLeft(job, p, length, row, rows, left, at);
                offsets(at.result(), rows, base + row * job.n, job.n);
                operands.rows(at, rows, 0, width * length, job.n, length, p == from);
            }
        }
        tiles.give(at);
        pool.give(left);
        pool.give(panels);
    }

    private static void reduce(Job job, float[] partial, int size, int parts, boolean accumulate, int from, int to) {
        float[] c = job.c;
        int at = job.atC;
        if (!accumulate) {
            System.arraycopy(partial, from, c, at + from, to - from);
        }
        for (int part = accumulate ? 0 : 1; part < parts; part++) {
            int base = part * size;
            for (int i = from; i < to; i++) {
                c[at + i] += partial[base + i];
            }
        }
    }
}
