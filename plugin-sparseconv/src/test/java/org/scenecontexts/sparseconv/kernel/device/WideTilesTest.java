package org.scenecontexts.sparseconv.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scenecontexts.sparseconv.kernel.device.ConvCases.cube;
import static org.scenecontexts.sparseconv.kernel.device.ConvCases.numbers;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.sparseconv.DeviceEngines;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;
import org.scenecontexts.sparseconv.map.Voxels;

/**
 * Shapes that fill the tiles of {@code wide.cl} and shapes that do not, rows around the borders of tiles, and sums that are
 * split, against double precision; skipped, with the reason, where there is no device.
 */
class WideTilesTest {

    /** A multiply-add rounds by 2^-24 of its sum; 27 x 256 of them, in a random walk and with room, of the largest number. */
    private static final double ROUNDING = 1e-5;

    private static ResidentEngine engine;
    private static DevicePrograms programs;

    @BeforeAll
    static void open() {
        engine = DeviceEngines.open();
        programs = engine.programs().orElseThrow();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    /** Enough compute units for every sum to be split, or few enough for none. */
    private static SparseConvKernels kernels(boolean split) {
        DevicePrograms.Limits own = programs.limits();
        return new DeviceSparseConvKernels(
                engine,
                programs,
                new WideTiles(new DevicePrograms.Limits(split ? 500 : 1, own.groupItems(), own.localBytes())),
                new MatrixTiles(own, DevicePrograms.Operands.FP32));
    }

    /** The three results, each begun as not-a-number. */
    private record Results(float[] out, float[] gradIn, float[] gradWeights) {

        static Results of(SparseConvKernels kernels, KernelMap map, int cin, int cout) {
            Buffer x = engine.bufferOf(numbers(map.inRows() * cin, 1));
            Buffer g = engine.bufferOf(numbers(map.outRows() * cout, 2));
            Buffer w = engine.bufferOf(numbers(map.lists() * cin * cout, 3));
            Buffer y = ConvCases.poisoned(engine, map.outRows() * cout);
            Buffer dx = ConvCases.poisoned(engine, map.inRows() * cin);
            Buffer dw = ConvCases.poisoned(engine, map.lists() * cin * cout);
            kernels.forward(map, x, cin, w, cout, y);
            kernels.inputGradient(map, g, cout, w, cin, dx);
            kernels.weightGradient(map, x, cin, g, cout, dw);
            return new Results(
                    y.toArray(map.outRows() * cout),
                    dx.toArray(map.inRows() * cin),
                    dw.toArray(map.lists() * cin * cout));
        }
    }

    private static void agree(float[] found, double[] expected, String what) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i])
                    .as("%s, number %d", what, i)
                    .isCloseTo(expected[i], Offset.offset(ROUNDING * largest));
        }
    }

    private static void check(KernelMap map, int cin, int cout, boolean split) {
        float[] x = numbers(map.inRows() * cin, 1);
        float[] g = numbers(map.outRows() * cout, 2);
        float[] w = numbers(map.lists() * cin * cout, 3);
        double[] y = new double[map.outRows() * cout];
        double[] dx = new double[map.inRows() * cin];
        double[] dw = new double[w.length];
        for (int block = 0; block < map.blocks(); block++) {
            int[] pair = map.pair(block);
            for (int list = 0; list < map.lists(); list++) {
                int slice = map.slice(list) * cin * cout;
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    int out = (map.firstRow(block) + KernelMap.outRow(pair[p])) * cout;
                    int in = KernelMap.inRow(pair[p]) * cin;
                    for (int i = 0; i < cin; i++) {
                        for (int o = 0; o < cout; o++) {
                            y[out + o] += (double) x[in + i] * w[slice + i * cout + o];
                            dx[in + i] += (double) g[out + o] * w[slice + i * cout + o];
                            dw[slice + i * cout + o] += (double) x[in + i] * g[out + o];
                        }
                    }
                }
            }
        }
        Results found = Results.of(kernels(split), map, cin, cout);
        agree(found.out, y, "output");
        agree(found.gradIn, dx, "gradient of the input");
        agree(found.gradWeights, dw, "gradient of the weights");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 32",
        "32, 3",
        "16, 32",
        "31, 33",
        "32, 32",
        "32, 64",
        "48, 160",
        "63, 65",
        "64, 96",
        "96, 64",
        "96, 96",
        "97, 128",
        "128, 128",
        "128, 192",
        "130, 130",
        "255, 32",
        "256, 128",
        "256, 256"
    })
    void channelsThatHitAndMissTheTiles(int cin, int cout) {
        check(cube(70), cin, cout, false);
    }

    static Stream<Arguments> rows() {
        return IntStream.of(1, 2, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 200)
                .boxed()
                .flatMap(rows -> Stream.of(Arguments.of(rows, false), Arguments.of(rows, true)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowsAroundTheBordersOfTilesWithWholeAndSplitSums(int rows, boolean split) {
        check(cube(rows), 32, 64, split);
    }

    @Test
    void convolutionsBetweenLevelsBothWays() {
        CoordinateSet fine = CoordinateSet.sort(Voxels.random(300, 1, 9), 1).set();
        KernelMap down = KernelMaps.strided(fine, fine.coarser());
        check(down, 32, 96, true);
        check(down.inverse(), 96, 32, false);
    }

    @Test
    void theSameBitsComeTwice() {
        KernelMap map = cube(333);
        for (boolean split : new boolean[] {false, true}) {
            assertThat(Results.of(kernels(split), map, 64, 96))
                    .usingRecursiveComparison()
                    .isEqualTo(Results.of(kernels(split), map, 64, 96));
        }
    }

    @Test
    void placesThatFourNumbersCannotBeLoadedFromAtOnceAreServedToo() {
        KernelMap map = cube(50);
        Results expected = Results.of(kernels(false), map, 32, 32);
        Buffer x = shifted(numbers(map.inRows() * 32, 1));
        Buffer w = shifted(numbers(map.lists() * 32 * 32, 3));
        Buffer y = shifted(new float[map.outRows() * 32]);
        kernels(false).forward(map, x, 32, w, 32, y);
        float[] found = y.toArray(expected.out.length);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected.out[i], Offset.offset(1e-5f));
        }
        Buffer aligned = engine.bufferOf(numbers(map.inRows() * 32, 1));
        kernels(false).forward(map, aligned, 32, w, 32, y);
        assertThat(y.toArray(expected.out.length)).isEqualTo(expected.out);
    }

    private static Buffer shifted(float[] values) {
        Buffer longer = engine.bufferOf(new float[values.length + 3]);
        Buffer slice = longer.slice(3, values.length);
        slice.copyIn(0, values, 0, values.length);
        return slice;
    }

    @Test
    void aShapeGetsTheWidestTileThatItFillsAndADeviceThatCannotHoldItANarrowerOne() {
        WideTiles card = new WideTiles(new DevicePrograms.Limits(132, 1024, 48 << 10));
        assertThat(card.columns(96, 256)).isEqualTo(128);
        assertThat(card.columns(96, 96)).isEqualTo(96);
        assertThat(card.columns(16, 160)).isEqualTo(32);
        assertThat(card.columns(3, 32)).isZero();
        assertThat(card.columns(32, 20)).isZero();
        assertThat(card.weightRows(64, 96)).isEqualTo(64);
        assertThat(card.weightRows(96, 96)).isEqualTo(32);
        assertThat(card.weightRows(48, 96)).isZero();
        WideTiles small = new WideTiles(new DevicePrograms.Limits(8, 256, 16 << 10));
        assertThat(small.columns(64, 128)).isEqualTo(32);
        assertThat(new WideTiles(new DevicePrograms.Limits(8, 64, 48 << 10)).columns(64, 64))
                .isZero();
    }

    @Test
    void fewGroupsAreSplitAndManyAreNot() {
        WideTiles card = new WideTiles(new DevicePrograms.Limits(132, 1024, 48 << 10));
        assertThat(card.parts(8, 27)).isEqualTo(9);
        assertThat(card.parts(100, 27)).isEqualTo(3);
        assertThat(card.parts(1000, 27)).isEqualTo(1);
        assertThat(card.parts(1, 1)).isEqualTo(1);
    }
}
