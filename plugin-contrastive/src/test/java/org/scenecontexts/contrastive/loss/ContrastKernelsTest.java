package org.scenecontexts.contrastive.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.TestEngines;
import org.scenecontexts.contrastive.partition.AngularBins;
import org.scenecontexts.contrastive.partition.HalfSpaces;
import org.scenecontexts.contrastive.partition.Partitioner;

/** The contrastive losses where values stay on a device against the processor's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContrastKernelsTest {

    /** Sums of some thousand terms are rounded otherwise: 2^-24 of each, and of what they are added to. */
    private static final double ROUNDING = 1e-5;

    private TensorEngine device;
    private TensorEngine cpu;

    /** An engine with the kernels that are tested; aborts where there can be none. */
    abstract TensorEngine engine();

    /** How often the host has read numbers so far. */
    abstract long hostReads();

    /** What gradients of the hardest-contrastive loss may differ by, in parts of the largest. */
    abstract double hardestRounding();

    @BeforeAll
    void open() {
        device = engine();
        cpu = TestEngines.cpu(1);
    }

    @AfterAll
    void close() {
        if (device != null) {
            device.close();
            cpu.close();
        }
    }

    private static float[] numbers(int count, double size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (size * random.nextGaussian());
        }
        return values;
    }

    /** Voxel coordinates, so that directions lie on borders between contexts, and points on one another. */
    private static float[] places(int n) {
        SplittableRandom random = new SplittableRandom(4);
        float[] places = new float[3 * n];
        for (int i = 0; i < places.length; i++) {
            places[i] = random.nextInt(-6, 7);
        }
        return places;
    }

    private static Buffer poisoned(TensorEngine engine, int length) {
        float[] nan = new float[length + 3];
        Arrays.fill(nan, Float.NaN);
        return engine.bufferOf(nan).slice(2, length);
    }

    private static List<float[]> infoNce(
            TensorEngine engine, Partitioner partitioner, int n, int channels, double size) {
        float[] weights = new float[partitioner.count()];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = 0.3f + c;
        }
        Buffer gradQueries = poisoned(engine, n * channels);
        Buffer gradKeys = poisoned(engine, n * channels);
        Buffer losses = poisoned(engine, 1 + weights.length);
        engine.kernel(ContrastKernels.class)
                .infoNce(new ContrastKernels.InfoNce(
                        n,
                        channels,
                        engine.bufferOf(numbers(n * channels, size, 1)),
                        engine.bufferOf(numbers(n * channels, size, 2)),
                        partitioner,
                        places(n),
                        2.5f,
                        weights,
                        gradQueries,
                        gradKeys,
                        losses));
        return List.of(
                losses.toArray(1 + weights.length), gradQueries.toArray(n * channels), gradKeys.toArray(n * channels));
    }

    private static void agree(List<float[]> found, List<float[]> expected, double bound) {
        assertThat(found).hasSameSizeAs(expected);
        for (int part = 0; part < expected.size(); part++) {
            double largest = 0;
            for (float value : expected.get(part)) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int i = 0; i < expected.get(part).length; i++) {
                assertThat((double) found.get(part)[i])
                        .as("part %d, number %d", part, i)
                        .isCloseTo(expected.get(part)[i], org.assertj.core.data.Offset.offset(bound * largest));
            }
        }
    }

    static Stream<Arguments> partitions() {
        return Stream.of(
                        Partitioner.everything(),
                        new HalfSpaces(2, 5),
                        new AngularBins(2, 5, 1, 1),
                        new AngularBins(2, 5, 2, 2),
                        new AngularBins(0, 5, 3, 5))
                .flatMap(partitioner -> IntStream.of(1, 2, 63, 65, 300).mapToObj(n -> Arguments.of(partitioner, n)));
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void everyContextHasTheLossAndTheGradientsOfTheProcessor(Partitioner partitioner, int n) {
        agree(infoNce(device, partitioner, n, 7, 0.6), infoNce(cpu, partitioner, n, 7, 0.6), ROUNDING);
    }

    @Test
    void similaritiesFarApartDoNotVanish() {
        // Exponents of some hundreds: only differences from the largest of each context are numbers.
        List<float[]> found = infoNce(device, new HalfSpaces(2, 5), 90, 6, 9);
        agree(found, infoNce(cpu, new HalfSpaces(2, 5), 90, 6, 9), 1e-4);
    }

    @Test
    void moreSimilaritiesThanATileHoldsGiveTheSame() {
        agree(
                infoNce(device, new HalfSpaces(2, 5), 2100, 4, 0.6),
                infoNce(cpu, new HalfSpaces(2, 5), 2100, 4, 0.6),
                ROUNDING);
    }

    @Test
    void theSameIsComputedTwiceToTheLastBit() {
        Partitioner bins = new AngularBins(2, 5, 2, 2);
        assertThat(infoNce(device, bins, 333, 9, 0.6))
                .usingRecursiveComparison()
                .isEqualTo(infoNce(device, bins, 333, 9, 0.6));
        assertThat(hardest(device, 130, 70, 6)).usingRecursiveComparison().isEqualTo(hardest(device, 130, 70, 6));
    }

    private static List<float[]> hardest(TensorEngine engine, int n, int candidates, int channels) {
        SplittableRandom random = new SplittableRandom(3);
        int rows = 2 * (n + candidates);
        // Many matches share candidates and points, so that some nearest candidates are matches and do not count.
        float[] f0 = numbers(rows * channels, 0.2, 1);
        float[] f1 = numbers(rows * channels, 0.2, 2);
        int[] first = random.ints(n, 0, rows).toArray();
        int[] second = random.ints(n, 0, rows).toArray();
        int[] c0 = random.ints(candidates, 0, rows).toArray();
        int[] c1 = random.ints(candidates, 0, rows).toArray();
        int[] matchFirst = IntStream.range(0, 40 * n).map(i -> first[i % n]).toArray();
        int[] matchSecond = IntStream.range(0, 40 * n)
                .map(i -> i < n ? second[i] : c1[i / n % candidates])
                .toArray();
        List<Buffer> written = new ArrayList<>();
        for (int count : new int[] {n, n, candidates, candidates}) {
            written.add(poisoned(engine, count * channels));
        }
        Buffer losses = poisoned(engine, 3);
        engine.kernel(ContrastKernels.class)
                .hardest(new ContrastKernels.Hardest(
                        channels,
                        engine.bufferOf(rows(f0, first, channels)),
                        engine.bufferOf(rows(f1, second, channels)),
                        engine.bufferOf(rows(f0, c0, channels)),
                        engine.bufferOf(rows(f1, c1, channels)),
                        new ContrastKernels.Rows(
                                ContrastKernels.RowList.of(engine, first, rows),
                                ContrastKernels.RowList.of(engine, second, rows),
                                ContrastKernels.RowList.of(engine, c0, rows),
                                ContrastKernels.RowList.of(engine, c1, rows),
                                ContrastKernels.RowList.of(engine, matchFirst, rows),
                                ContrastKernels.RowList.of(engine, matchSecond, rows)),
                        new ContrastKernels.Margins(0.3, 0.9, 0.7),
                        written.get(0),
                        written.get(1),
                        written.get(2),
                        written.get(3),
                        losses));
        List<float[]> found = new ArrayList<>(List.of(losses.toArray(3)));
        written.forEach(buffer -> found.add(buffer.toArray(buffer.capacity())));
        return found;
    }

    private static float[] rows(float[] values, int[] rows, int channels) {
        float[] chosen = new float[rows.length * channels];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * channels, chosen, i * channels, channels);
        }
        return chosen;
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void theHardestNegativesAreThoseOfTheProcessor(int n, int candidates, int channels) {
        List<float[]> expected = hardest(cpu, n, candidates, channels);
        assertThat(expected.getFirst()[1]).as("the part of the matches").isPositive();
        agree(hardest(device, n, candidates, channels), expected, hardestRounding());
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of(3, 1, 5), Arguments.of(64, 64, 4), Arguments.of(65, 130, 33), Arguments.of(200, 20, 3));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void theShareOfPlacesFoundAgainIsThatOfTheProcessor(int queries) {
        assertThat(Float.valueOf(recall(device, queries))).isEqualTo(Float.valueOf(recall(cpu, queries)));
    }

    @Test
    void nothingComesToTheHost() {
        long before = hostReads();
        infoNce(device, new AngularBins(2, 5, 2, 2), 65, 7, 0.6);
        assertThat(hostReads() - before).as("reads of loss and gradients").isEqualTo(3);
        hardest(device, 65, 70, 6);
        assertThat(hostReads() - before).as("reads of loss and gradients").isEqualTo(3 + 5);
        recall(device, 64);
        assertThat(hostReads() - before).as("reads of the share").isEqualTo(3 + 5 + 1);
    }

    static IntStream queries() {
        return IntStream.of(0, 1, 64, 131);
    }

    private static float recall(TensorEngine engine, int queries) {
        SplittableRandom random = new SplittableRandom(6);
        int rows = 150;
        float[] f1 = numbers(rows * 5, 1, 2);
        int[] truth = random.ints(queries, 0, rows).toArray();
        // Every other query looks like the place where it should be found.
        float[] f0 = numbers(rows * 5, 1, 3);
        int[] row = random.ints(queries, 0, rows).toArray();
        for (int q = 0; q < queries; q += 2) {
            System.arraycopy(f1, truth[q] * 5, f0, row[q] * 5, 5);
        }
        // Two pairs: each query looks among the rows of its own.
        int[] from = new int[queries];
        int[] to = new int[queries];
        for (int q = 0; q < queries; q++) {
            from[q] = truth[q] < 60 ? 0 : 60;
            to[q] = truth[q] < 60 ? 59 : rows - 1;
        }
        Buffer share = poisoned(engine, 1);
        engine.kernel(ContrastKernels.class)
                .recall(new ContrastKernels.Recall(
                        queries,
                        5,
                        engine.bufferOf(f0),
                        engine.bufferOf(f1),
                        row,
                        from,
                        to,
                        truth,
                        places(rows),
                        1.5,
                        share));
        return share.get(0);
    }
}
