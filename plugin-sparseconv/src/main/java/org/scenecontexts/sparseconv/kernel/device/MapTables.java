package org.scenecontexts.sparseconv.kernel.device;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.grid.RadixSort;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * A kernel map as {@code conv.cl}, {@code wide.cl} and {@code matrix.cl} read it for sums over neighbours; made once per map and closed with its
 * batch. Output rows are sorted by the neighbours that they have, so that rows of a tile have the same and few lists are gone
 * through for nothing; places that fill the last tile have none.
 *
 * @param rows output rows
 * @param padded the same, up to the next whole tile
 * @param neighbours input row of each list and place, -1 where there is none: {@code [lists, padded]}
 * @param order output row of each place, -1 where there is none: {@code [padded]}
 * @param present which lists have pairs in each piece of places, a bit each: {@code [pieces, words]}
 * @param words of {@value #WORD} lists per piece
 * @param slices weight slice of each list
 * @param own which of these are closed with this
 */
record MapTables(
        int rows,
        int padded,
        Indices neighbours,
        Indices order,
        Indices present,
        int words,
        Indices slices,
        List<Indices> own)
        implements KernelMap.Derived {

    /** Output rows of the largest tile. */
    static final int LARGEST = 128;

    /** Output rows of a piece, as in the sources. */
    static final int PIECE = 16;

    /** Lists in a word: fewer than would fill it, since an index is below the largest number. */
    private static final int WORD = 30;

    /**
     * Lists that rows are sorted by, those that split them most evenly; the order decides about speed only. In three passes of a
     * device's sort: with all 27 of a cube of 3 the largest level of a recorded room has 0.5% fewer rows to compute at tiles of 64, of
     * one of 5 (125 lists) the same.
     */
    static final int SORTED_BY = 24;

    /** What does not depend on the weights, as a device finds it. */
    record Arranged(int rows, int padded, Indices neighbours, Indices order, Indices present, int words)
            implements KernelMap.Derived {
        @Override
        public void close() {
            Closing.all(neighbours, order, present);
        }
    }

    /** Words of a piece. */
    static int words(int lists) {
        return Math.ceilDiv(lists, WORD);
    }

    /** Places up to the end of the last tile. */
    static int padded(int rows) {
        return Math.ceilDiv(rows, LARGEST) * LARGEST;
    }

    /** Of pairs that a device has found, which others may share. */
    static MapTables of(TensorEngine engine, KernelMap map, Arranged found) {
        return of(engine, map, found, false);
    }

    private static MapTables of(TensorEngine engine, KernelMap map, Arranged found, boolean owned) {
        Indices slices = slices(engine, map);
        return new MapTables(
                found.rows,
                found.padded,
                found.neighbours,
                found.order,
                found.present,
                found.words,
                slices,
                owned ? List.of(found.neighbours, found.order, found.present, slices) : List.of(slices));
    }

    /** Of the pairs that the host has found. */
    static MapTables of(TensorEngine engine, KernelMap map) {
        int rows = map.outRows();
        int lists = map.lists();
        int words = words(lists);
        int padded = padded(rows);
        int[] order = Arrays.copyOf(order(map), padded);
        Arrays.fill(order, rows, padded, -1);
        int[] place = new int[rows];
        for (int p = 0; p < rows; p++) {
            place[order[p]] = p;
        }
        int[] neighbours = new int[Math.max(1, Math.multiplyExact(padded, lists))];
        Arrays.fill(neighbours, -1);
        int[] present = new int[Math.max(1, padded / PIECE * words)];
        forEach(map, (list, out, in) -> {
            neighbours[list * padded + place[out]] = in;
            present[place[out] / PIECE * words + list / WORD] |= 1 << list % WORD;
        });
        return of(
                engine,
                map,
                new Arranged(
                        rows,
                        padded,
                        engine.labels(neighbours, Math.max(1, map.inRows())),
                        engine.labels(order, Math.max(1, rows)),
                        engine.indices(present, Integer.MAX_VALUE),
                        words),
                true);
    }

    /** What is done for each pair. */
    @FunctionalInterface
    private interface Pair {
        void at(int list, int outRow, int inRow);
    }

    private static void forEach(KernelMap map, Pair action) {
        for (int block = 0; block < map.blocks(); block++) {
            int[] pair = map.pair(block);
            for (int list = 0; list < map.lists(); list++) {
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    action.at(list, map.firstRow(block) + KernelMap.outRow(pair[p]), KernelMap.inRow(pair[p]));
                }
            }
        }
    }

    /**
     * Output rows by the lists that they have: as numbers of a Gray code, whose neighbours differ in one list, with the list
     * that splits the rows most evenly as its highest digit.
     */
    private static int[] order(KernelMap map) {
        int rows = map.outRows();
        int lists = map.lists();
        int by = Math.min(lists, SORTED_BY);
        int[] pairs = new int[lists];
        forEach(map, (list, out, in) -> pairs[list]++);
        Integer[] evenly = IntStream.range(0, lists)
                .boxed()
                .sorted(Comparator.comparingInt(list -> Math.abs(2 * pairs[list] - rows)))
                .toArray(Integer[]::new);
        int[] digit = new int[lists];
        Arrays.fill(digit, -1);
        for (int i = 0; i < by; i++) {
            digit[evenly[i]] = by - 1 - i;
        }
        long[] codes = new long[rows];
        forEach(map, (list, out, in) -> codes[out] |= digit[list] < 0 ? 0 : 1L << digit[list]);
        for (int row = 0; row < rows; row++) {
            for (int shift = 1; shift < Long.SIZE; shift <<= 1) {
                codes[row] ^= codes[row] >>> shift;
            }
        }
        return RadixSort.sort(codes);
    }

    static Indices slices(TensorEngine engine, KernelMap map) {
        int[] slices = new int[map.lists()];
        Arrays.setAll(slices, map::slice);
        return engine.indices(slices, map.lists());
    }

    @Override
    public void close() {
        Closing.all(own);
    }
}
