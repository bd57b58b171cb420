package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.DeviceSort;
import org.scenecontexts.api.engine.Indices;

/** What a device sorts and adds up is what the host does; skipped, with the reason, where there is no device. */
class DeviceSortTest {

    /** Places whose counts groups no longer add up each by itself, and some more. */
    private static final int MANY = 257 * DeviceSort.SUMMED + 19;

    private static ResidentEngine engine;
    private static DeviceSort sort;

    @BeforeAll
    static void open() {
        engine = Engines.open();
        sort = new DeviceSort(engine, DevicePrograms.of(engine));
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private static int[] stable(long[] keys) {
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingLong(place -> keys[place]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Keys in memory that a kernel would have written; the host brings numbers of 0 or more only, so that bit 31 has to be 0. */
    private static Indices longs(long[] keys) {
        int[] halves = new int[2 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            halves[2 * i] = (int) keys[i];
            halves[2 * i + 1] = (int) (keys[i] >>> 32);
        }
        Indices there = engine.buffers().takeIndices(halves.length, Integer.MAX_VALUE);
        there.copyIn(0, halves, 0, halves.length);
        return there;
    }

    private static void requireSorted(long[] keys, int bits) {
        Indices there = longs(keys);
        Indices order = sort.byLongs(keys.length, bits, there);
        int[] found = new int[keys.length];
        order.copyOut(0, found, 0, found.length);
        order.release();
        there.release();
        assertThat(found).isEqualTo(stable(keys));
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "63, 1", "511, 24", "512, 7", "513, 9", "1025, 63", "5000, 24", "5000, 0"})
    void placesAreInTheOrderOfTheirKeysAndEqualsInTheirs(int count, int bits) {
        Random random = new Random(count);
        long mask = (bits == 0 ? 0 : -1L >>> (Long.SIZE - bits)) & ~(1L << 31);
        requireSorted(random.longs(count).map(key -> key & mask).toArray(), bits);
    }

    @Test
    void soManyPlacesThatTheirCountsAreAddedUpBeforehandAreSortedToo() {
        requireSorted(
                new Random(1).ints(MANY, 0, 700).asLongStream().toArray(),
                Integer.SIZE - Integer.numberOfLeadingZeros(699));
    }

    @Test
    void keysThatAreAllTheSameStayWhereTheyAre() {
        long[] keys = new long[2000];
        Arrays.fill(keys, 255);
        requireSorted(keys, 8);
    }

    @Test
    void everyRowHasThosePlacesThatChooseItInTheirOrder() {
        int rows = 700;
        int[] chosen = new Random(2).ints(3000, 0, rows - 5).toArray();
        try (DeviceSort.Users users = sort.users(chosen.length, rows, engine.indices(chosen, rows))) {
            int[] start = users.start().toArray();
            int[] order = users.order().toArray();
            assertThat(start[rows]).isEqualTo(chosen.length);
            for (int row = 0; row < rows; row++) {
                int wanted = row;
                assertThat(IntStream.range(start[row], start[row + 1]).map(p -> order[p]))
                        .containsExactlyElementsOf(IntStream.range(0, chosen.length)
                                .filter(place -> chosen[place] == wanted)
                                .boxed()
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 70_000, MANY})
    void runningSumsAreThoseBeforeEachPlace(int count) {
        int[] values = new Random(count).ints(count, 0, 9).toArray();
        Indices changed = engine.indices(values, Integer.MAX_VALUE);
        Indices sums = engine.buffers().takeIndices(DeviceSort.stretches(count), Integer.MAX_VALUE);
        sort.running(count, changed, sums);
        int[] within = changed.toArray();
        int[] before = sums.toArray();
        int sum = 0;
        for (int place = 0; place < count; place++) {
            assertThat(within[place] + before[place / DeviceSort.SUMMED])
                    .as("before place %s", place)
                    .isEqualTo(sum);
            sum += values[place];
        }
        sums.release();
    }
}
