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

/**
 * Sums the outer products of input rows and output gradients over the pairs of each weight slice.
 *
 * <p>Some hundred pairs at a time serve every tile of the slice. Rows are cut into a fixed number of parts whose sums are
 * added in order.
 */
final class WeightGradient {

    /** Values of the rows of as many pairs as are taken at a time, which then stay in L1. */
    private static final int PAIR_VALUES = 6 * 1024;

    /** Fewer pairs than this are not worth reading and writing the sums. */
    private static final int MIN_PAIRS = 48;

    private static final int MAX_PAIRS = 96;

    /** Sums of a slice that do not stay in L2 beside the rows: read and written as seldom as can be. */
    private static final int LARGE_SLICE = 192 * 192;

    /** Blocks of a part at least: a part costs one more sum over all weights. */
    private static final int MIN_PART_BLOCKS = 8;

    private static final int MAX_PARTS = 8;

    /** Values of all partial sums together at most (16 MiB). */
    private static final int MAX_PARTIAL_VALUES = 4 << 20;

    private static final int MIN_PIECES = 32;

    private static final int REDUCE_CHUNK = 16 * 1024;

    private final TileProducts tiles;
    private final FloatPool pool;
    private final Parallel parallel;

    WeightGradient(TileProducts tiles, FloatPool pool, Parallel parallel) {
        this.parallel = parallel;
        this.tiles = tiles;
        this.pool = pool;
    }

    private record Job(KernelMap map, int cin, int cout, int atIn, int atGradOut) {}

    void run(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
        int size = map.lists() * cin * cout;
        int parts =
                Math.clamp(map.blocks() / MIN_PART_BLOCKS, 1, Math.clamp(1 + MAX_PARTIAL_VALUES / size, 1, MAX_PARTS));
        int partBlocks = (map.blocks() + parts - 1) / parts;
        int groups = Math.min(map.lists(), (MIN_PIECES + parts - 1) / parts);
        float[] partial = pool.take((parts - 1) * size);
        Job job = new Job(map, cin, cout, in.arrayOffset(), gradOut.arrayOffset());
        float[] result = gradWeights.array();
        int atResult = gradWeights.arrayOffset();
        TileProducts.Operands first = tiles.bind(in.array(), gradOut.array(), result);
        TileProducts.Operands others = tiles.bind(in.array(), gradOut.array(), partial);
        parallel.run(parts * groups, piece -> {
            int part = piece / groups;
            int group = piece % groups;
            // Part 0 sums into the result itself, the others beside it.
            float[] to = part == 0 ? result : partial;
            int base = part == 0 ? atResult : (part - 1) * size;
            int firstBlock = part * partBlocks;
            clear(job, group, groups, to, base);
            TileProducts.Operands operands = part == 0 ? first : others;
            part(job, firstBlock, Math.min(map.blocks(), firstBlock + partBlocks), group, groups, operands, base);
        });
        if (parts > 1) {
            parallel.rows(size, REDUCE_CHUNK, (from, to) -> reduce(result, atResult, partial, size, parts, from, to));
        }
        pool.give(partial);
    }

    private static void reduce(float[] sum, int at, float[] partial, int size, int parts, int from, int to) {
        for (int part = 0; part < parts - 1; part++) {
            int base = part * size;
            for (int i = from; i < to; i++) {
                sum[at + i] += partial[base + i];
            }
        }
    }

    /** Every {@code groups}-th list from list {@code group} on, over a range of blocks. */
    private void part(
            Job job, int firstBlock, int endBlock, int group, int groups, TileProducts.Operands operands, int base) {
        KernelMap map = job.map;
        int slice = job.cin * job.cout;
        int most = pairsAtATime(job);
        TileWorkspace at = tiles.take();
        for (int block = firstBlock; block < endBlock; block++) {
            int[] pair = map.pair(block);
            int firstGradient = job.atGradOut + map.firstRow(block) * job.cout;
            for (int list = group; list < map.lists(); list += groups) {
                int end = map.end(block, list);
                int pairs = end - map.start(block, list);
                int chunks = (pairs + most - 1) / most;
                int chunk = chunks == 0 ? 1 : (pairs + chunks - 1) / chunks;
                for (int from = map.start(block, list); from < end; from += chunk) {
                    int n = Math.min(chunk, end - from);
                    for (int i = 0; i < n; i++) {
                        at.left()[i] = job.atIn + inRow(pair[from + i]) * job.cin;
                        at.right()[i] = firstGradient + outRow(pair[from + i]) * job.cout;
                    }
                    operands.outer(at, n, job.cin, job.cout, base + map.slice(list) * slice, job.cout, false);
                }
            }
        }
        tiles.give(at);
    }

    private static void clear(Job job, int group, int groups, float[] to, int base) {
        int slice = job.cin * job.cout;
        for (int list = group; list < job.map.lists(); list += groups) {
            int at = base + job.map.slice(list) * slice;
            Arrays.fill(to, at, at + slice, 0);
        }
    }

    private static int pairsAtATime(Job job) {
        if (job.cin * job.cout >= LARGE_SLICE) {
            return MAX_PAIRS;
        }
        return Math.clamp(PAIR_VALUES / (job.cin + job.cout), MIN_PAIRS, MAX_PAIRS);
    }
}
