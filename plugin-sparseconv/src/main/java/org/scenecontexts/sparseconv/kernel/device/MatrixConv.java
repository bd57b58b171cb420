package org.scenecontexts.sparseconv.kernel.device;

import java.util.HashMap;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DeviceProgram.Packable;
import org.scenecontexts.api.engine.DeviceProgram.Words;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.ElementType;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Sparse convolution by matrix units: operands are rounded to what the units take, into lent memory that is filled up to whole
 * tiles, and sums are float32. Calls of {@code operands.cl} and {@code matrix.cl}.
 */
final class MatrixConv {

    /** Words that are loaded at once. */
    private static final int QUAD = 4;

    /** Numbers of bfloat16 in a word. */
    private static final int PAIR = 2;

    private final DevicePrograms programs;
    private final BufferPool pool;
    private final MatrixTiles tiles;
    private final WideTiles splitting;
    private final Map<String, Integer> packs;
    private final DeviceProgram operands;
    private final Map<Map<String, Integer>, DeviceProgram> compiled = new HashMap<>();

    /**
     * @param splitting says into how many parts a sum is split
     * @param packs the constant that says whether values may be packed
     */
    MatrixConv(
            DevicePrograms programs,
            BufferPool pool,
            MatrixTiles tiles,
            WideTiles splitting,
            Map<String, Integer> packs) {
        this.programs = programs;
        this.pool = pool;
        this.tiles = tiles;
        this.splitting = splitting;
        this.packs = packs;
        operands = programs.compile(MatrixConv.class, "operands.cl", packs);
    }

    private DeviceProgram program(Map<String, Integer> constants) {
        return compiled.computeIfAbsent(constants, c -> programs.compile(MatrixConv.class, "matrix.cl", c));
    }

    /** Adds partial sums up, in their order. */
    @FunctionalInterface
    interface Adding {
        void add(int numbers, int parts, Buffer sums, Buffer out);
    }

    /** Rows as the kernels read them: the caller's own, or lent ones. */
    private record Rows(Buffer buffer, int words, boolean lent) {

        /** For kernels that read words, whatever is in them. */
        Words argument() {
            return new Words(buffer);
        }

        void release(BufferPool pool) {
            if (lent) {
                pool.give(buffer);
            }
        }
    }

    /** @param multiple of channels with which rows fill what is read at once */
    private Rows rows(Buffer x, int rows, int channels, int multiple) {
        if (tiles.readable(channels, multiple) && x.type() == ElementType.FLOAT32 && x.offset() % QUAD == 0) {
            return new Rows(x, channels, false);
        }
        int words = MatrixTiles.filled(channels) / tiles.perWord();
        if (tiles.readablePacked(channels) && x.type() == ElementType.BFLOAT16 && x.offset() % (PAIR * QUAD) == 0) {
            // What was packed is the operand: nothing is rounded, and nothing copied.
            return new Rows(x, words, false);
        }
        int n = Math.multiplyExact(rows, words);
        Buffer rounded = pool.take(Math.max(1, n));
        operands.launch("roundRows", Groups.of(n), n, channels, words, new Packable(x), rounded);
        return new Rows(rounded, words, true);
    }

    private Buffer weights(int slices, Buffer w, int cin, int words, int cout, boolean transposed) {
        int wide = MatrixTiles.filled(cout);
        int n = Math.multiplyExact(slices, Math.multiplyExact(words, wide));
        Buffer rounded = pool.take(n);
        operands.launch("roundWeights", Groups.of(n), n, cin, cout, words, wide, transposed ? 1 : 0, w, rounded);
        return rounded;
    }

    /** As {@code conv} of {@code conv.cl}: {@code out[u] = sum over pairs (u, v) of in[v] . W[slice]}. */
    void convolve(
            KernelMap map,
            MapTables tables,
            Buffer in,
            int cin,
            Buffer weights,
            int cout,
            boolean transposed,
            Buffer out,
            Adding adding) {
        MatrixTiles.Sum tile = tiles.sum(tables.rows(), cout);
        Rows x = rows(in, map.inRows(), cin, MatrixTiles.WORDS);
        Buffer w = weights(map.lists(), weights, cin, x.words(), cout, transposed);
        int wide = MatrixTiles.filled(cout);
        int down = Math.ceilDiv(tables.rows(), tile.rows());
        int parts = splitting.parts(down * (wide / tile.columns()), map.lists());
        int n = Math.multiplyExact(tables.rows(), cout);
        Buffer sums = parts > 1 ? pool.take(Math.max(1, Math.multiplyExact(parts, n))) : out;
        Map<String, Integer> constants = new HashMap<>(tile.constants());
        constants.putAll(packs);
        program(constants)
                .launch(
                        "matrix",
                        new Groups(down, wide / tile.columns(), parts, tile.items()),
                        tables.rows(),
                        tables.padded(),
                        x.words(),
                        cout,
                        wide,
                        parts,
                        tables.neighbours(),
                        tables.order(),
                        tables.present(),
                        tables.words(),
                        tables.slices(),
                        x.argument(),
                        w,
                        new Packable(sums));
        if (parts > 1) {
            adding.add(n, parts, sums, out);
            pool.give(sums);
        }
        pool.give(w);
        x.release(pool);
    }

    /** As {@code weightPart} of {@code conv.cl}: a matrix of partial sums for each chunk of pairs. */
    void weightParts(KernelMap map, MapPairs pairs, Buffer in, int cin, Buffer gradOut, int cout, Buffer part) {
        MatrixTiles.Weights tile = tiles.weights(cin, cout);
        Rows x = rows(in, map.inRows(), cin, MatrixTiles.CHANNELS);
        Rows g = rows(gradOut, map.outRows(), cout, MatrixTiles.CHANNELS);
        program(tile.constants())
                .launch(
                        "matrixWeights",
                        new Groups(
                                pairs.count(),
                                MatrixTiles.filled(cin) / tile.rows(),
                                MatrixTiles.filled(cout) / tile.columns(),
                                tile.items()),
                        cin,
                        cout,
                        x.words(),
                        g.words(),
                        pairs.in(),
                        pairs.out(),
                        pairs.chunks(),
                        x.argument(),
                        g.argument(),
                        part);
        g.release(pool);
        x.release(pool);
    }
}
