package org.scenecontexts.sparseconv.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scenecontexts.sparseconv.kernel.device.ConvCases.cube;
import static org.scenecontexts.sparseconv.kernel.device.ConvCases.numbers;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.DevicePrograms.Operands;
import org.scenecontexts.resident.ResidentConfig.Compute;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.sparseconv.DeviceEngines;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;
import org.scenecontexts.sparseconv.map.Voxels;
import org.scenecontexts.testing.BoundedSums;
import org.scenecontexts.testing.RoundedOperands;

/**
 * Sparse convolution by matrix units, their instructions emulated where the device has none, against sums in double precision of
 * operands that this test rounds itself; skipped, with the reason, where there is no device.
 */
class MatrixConvTest {

    private static final Map<Compute, ResidentEngine> ENGINES = new EnumMap<>(Compute.class);

    @BeforeAll
    static void open() {
        for (Compute compute : List.of(Compute.TF32, Compute.BF16)) {
            ENGINES.put(compute, DeviceEngines.open(compute));
        }
    }

    @AfterAll
    static void close() {
        ENGINES.values().forEach(ResidentEngine::close);
        ENGINES.clear();
    }

    private static RoundedOperands rounding(Compute compute) {
        return RoundedOperands.valueOf(compute.name());
    }

    /** Which kernels: sums whole or split over many compute units, in low or tall tiles. */
    private record Form(Compute compute, boolean split, boolean tall) {

        SparseConvKernels kernels() {
            DevicePrograms programs = ENGINES.get(compute).programs().orElseThrow();
            DevicePrograms.Limits own = programs.limits();
            return new DeviceSparseConvKernels(
                    ENGINES.get(compute),
                    programs,
                    new WideTiles(new DevicePrograms.Limits(split ? 500 : 1, own.groupItems(), own.localBytes())),
                    new MatrixTiles(own, programs.operands(), tall ? 0 : Integer.MAX_VALUE));
        }

        Buffer buffer(float[] values) {
            return ENGINES.get(compute).bufferOf(values);
        }

        Buffer poisoned(int length) {
            return ConvCases.poisoned(ENGINES.get(compute), length);
        }
    }

    /** The three results, each begun as not-a-number. */
    private record Results(float[] out, float[] gradIn, float[] gradWeights) {

        static Results of(Form form, KernelMap map, int cin, int cout, float[] x, float[] g, float[] w) {
            SparseConvKernels kernels = form.kernels();
            Buffer y = form.poisoned(map.outRows() * cout);
            Buffer dx = form.poisoned(map.inRows() * cin);
            Buffer dw = form.poisoned(map.lists() * cin * cout);
            kernels.forward(map, form.buffer(x), cin, form.buffer(w), cout, y);
            kernels.inputGradient(map, form.buffer(g), cout, form.buffer(w), cin, dx);
            kernels.weightGradient(map, form.buffer(x), cin, form.buffer(g), cout, dw);
            return new Results(
                    y.toArray(map.outRows() * cout),
                    dx.toArray(map.inRows() * cin),
                    dw.toArray(map.lists() * cin * cout));
        }

        static Results of(Form form, KernelMap map, int cin, int cout) {
            return of(
                    form,
                    map,
                    cin,
                    cout,
                    numbers(map.inRows() * cin, 1),
                    numbers(map.outRows() * cout, 2),
                    numbers(map.lists() * cin * cout, 3));
        }
    }

    private static void check(KernelMap map, int cin, int cout, Form form) {
        double[] x = rounding(form.compute).of(numbers(map.inRows() * cin, 1));
        double[] g = rounding(form.compute).of(numbers(map.outRows() * cout, 2));
        double[] w = rounding(form.compute).of(numbers(map.lists() * cin * cout, 3));
        BoundedSums y = new BoundedSums(map.outRows() * cout);
        BoundedSums dx = new BoundedSums(map.inRows() * cin);
        BoundedSums dw = new BoundedSums(w.length);
        for (int block = 0; block < map.blocks(); block++) {
            int[] pair = map.pair(block);
            for (int list = 0; list < map.lists(); list++) {
                int slice = map.slice(list) * cin * cout;
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    int out = (map.firstRow(block) + KernelMap.outRow(pair[p])) * cout;
                    int in = KernelMap.inRow(pair[p]) * cin;
                    for (int i = 0; i < cin; i++) {
                        for (int o = 0; o < cout; o++) {
                            int weight = slice + i * cout + o;
                            y.add(out + o, x[in + i] * w[weight]);
                            dx.add(in + i, g[out + o] * w[weight]);
                            dw.add(weight, x[in + i] * g[out + o]);
                        }
                    }
                }
            }
        }
        Results found = Results.of(form, map, cin, cout);
        y.requireCloseTo(found.out, "output");
        dx.requireCloseTo(found.gradIn, "gradient of the input");
        dw.requireCloseTo(found.gradWeights, "gradient of the weights");
    }

    private static Stream<Compute> modes() {
        return Stream.of(Compute.TF32, Compute.BF16);
    }

    static Stream<Arguments> channels() {
        int[][] shapes = {
            {3, 32},
            {32, 3},
            {5, 7},
            {16, 16},
            {17, 31},
            {32, 32},
            {33, 48},
            {63, 64},
            {65, 96},
            {96, 65},
            {96, 96},
            {97, 128},
            {127, 129},
            {128, 128},
            {160, 20},
            {20, 224},
            {255, 32},
            {64, 256},
            {192, 130}
        };
        return modes().flatMap(compute -> Arrays.stream(shapes).map(s -> Arguments.of(compute, s[0], s[1])));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void channelsThatHitAndMissTheTiles(Compute compute, int cin, int cout) {
        check(cube(33), cin, cout, new Form(compute, false, false));
    }

    static Stream<Arguments> rows() {
        return modes().flatMap(compute -> IntStream.of(1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 200)
                .boxed()
                .flatMap(rows -> Stream.of(
                        Arguments.of(compute, rows, rows % 3 == 0, false),
                        Arguments.of(compute, rows, rows % 3 != 0, true))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowsAroundTheBordersOfTilesWithWholeAndSplitSums(Compute compute, int rows, boolean split, boolean tall) {
        check(cube(rows), 32, 64, new Form(compute, split, tall));
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void convolutionsBetweenLevelsBothWaysAndOfMoreListsThanAWordHas(Compute compute) {
        CoordinateSet fine = CoordinateSet.sort(Voxels.random(300, 1, 9), 1).set();
        KernelMap down = KernelMaps.strided(fine, fine.coarser());
        check(down, 32, 64, new Form(compute, true, false));
        check(down.inverse(), 64, 32, new Form(compute, false, true));
        KernelMap five = KernelMaps.cube(fine, 5, KernelLayout.HYPERCUBE);
        check(five, 16, 20, new Form(compute, true, true));
        check(five, 16, 20, new Form(compute, false, false));
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void theSameBitsComeTwice(Compute compute) {
        KernelMap map = cube(150);
        for (boolean split : new boolean[] {false, true}) {
            Form form = new Form(compute, split, split);
            assertThat(Results.of(form, map, 32, 64))
                    .usingRecursiveComparison()
                    .isEqualTo(Results.of(form, map, 32, 64));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void nothingComesOutOfNothing(Compute compute) {
        KernelMap nothing = cube(0);
        Results found = Results.of(new Form(compute, false, false), nothing, 32, 64);
        assertThat(found.out).isEmpty();
        assertThat(found.gradIn).isEmpty();
        assertThat(found.gradWeights).containsOnly(0).hasSize(27 * 32 * 64);
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void operandsAreRoundedToTheBit(Compute compute) {
        float[] x = {
            1,
            -1,
            1 + 0x1p-11f,
            1 + 0x3p-11f,
            -1 - 0x1p-11f,
            1 + 0x1.002p-11f,
            1 + 0x0.ffep-11f,
            1 + 0x1p-8f,
            1 + 0x3p-8f,
            -1 - 0x1p-8f,
            -1 - 0x3p-8f,
            1 + 0x1.002p-8f,
            1 + 0x0.ffep-8f,
            0x1.fffffep10f,
            0x1p-126f,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            0
        };
        KernelMap one = KernelMaps.cube(
                CoordinateSet.sort(Voxels.random(x.length, 1, 4), 1).set(), 1, KernelLayout.MINKOWSKI_04_HYBRID);
        Form form = new Form(compute, false, false);
        float[] ones = new float[x.length];
        Arrays.fill(ones, 1);
        float[] found = Results.of(form, one, 1, 1, x, ones, new float[] {1}).out;
        float[] gradient = Results.of(form, one, 1, 1, ones, x, new float[] {1}).gradIn;
        for (int i = 0; i < x.length; i++) {
            assertThat(found[i]).as("%s", x[i]).isEqualTo((float)
                    rounding(compute).of(x[i]));
            assertThat(gradient[i]).as("gradient %s", x[i]).isEqualTo((float)
                    rounding(compute).of(x[i]));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void whatIsNoNumberStaysNone(Compute compute) {
        float[] x = {Float.NaN, Float.intBitsToFloat(0x7fffffff), Float.intBitsToFloat(0xffffffff), 1};
        KernelMap one = KernelMaps.cube(
                CoordinateSet.sort(Voxels.random(x.length, 1, 4), 1).set(), 1, KernelLayout.MINKOWSKI_04_HYBRID);
        Form form = new Form(compute, false, false);
        Results found = Results.of(form, one, 1, 1, x, x, new float[] {1});
        for (float[] values : List.of(found.out, found.gradIn)) {
            assertThat(Arrays.copyOf(values, 3)).containsOnly(Float.NaN);
            assertThat(values[3]).isEqualTo(1);
        }
        assertThat(found.gradWeights).containsOnly(Float.NaN);
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void placesThatFourWordsCannotBeLoadedFromAtOnceAreServedToo(Compute compute) {
        KernelMap map = cube(50);
        Form form = new Form(compute, false, false);
        Results expected = Results.of(form, map, 32, 32);
        Buffer x = shifted(form, numbers(map.inRows() * 32, 1));
        Buffer g = shifted(form, numbers(map.outRows() * 32, 2));
        Buffer w = shifted(form, numbers(map.lists() * 32 * 32, 3));
        Buffer y = shifted(form, new float[map.outRows() * 32]);
        Buffer dw = shifted(form, new float[map.lists() * 32 * 32]);
        form.kernels().forward(map, x, 32, w, 32, y);
        form.kernels().weightGradient(map, x, 32, g, 32, dw);
        assertThat(y.toArray(expected.out.length)).isEqualTo(expected.out);
        assertThat(dw.toArray(expected.gradWeights.length)).isEqualTo(expected.gradWeights);
    }

    private static Buffer shifted(Form form, float[] values) {
        Buffer slice = form.buffer(new float[values.length + 3]).slice(3, values.length);
        slice.copyIn(0, values, 0, values.length);
        return slice;
    }

    @Test
    void aTileFitsIntoTheLocalMemoryOfACardAndOneThatIsTooSmallIsRefused() {
        for (Operands operands : List.of(Operands.TF32, Operands.BF16)) {
            MatrixTiles card = new MatrixTiles(new DevicePrograms.Limits(132, 1024, 48 << 10), operands);
            assertThat(card.sum(100_000, 96)).isEqualTo(new MatrixTiles.Sum(128, 96, 2));
            assertThat(card.sum(1000, 96)).isEqualTo(new MatrixTiles.Sum(64, 96, 4));
            assertThat(card.sum(1000, 20).columns()).isEqualTo(32);
            assertThat(card.weights(128, 128).items()).isEqualTo(256);
            assertThat(card.weights(96, 96).items()).isEqualTo(128);
            MatrixTiles tiny = new MatrixTiles(new DevicePrograms.Limits(8, 64, 8 << 10), operands);
            assertThatThrownBy(() -> tiny.sum(1000, 128))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("compute: fp32");
        }
    }
}
