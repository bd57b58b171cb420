package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DevicePrograms.Operands;
import org.scenecontexts.resident.ResidentConfig.Compute;
import org.scenecontexts.resident.ResidentConfig.Stored;
import org.scenecontexts.testing.BoundedSums;
import org.scenecontexts.testing.RoundedOperands;
import org.scenecontexts.testkit.Numbers;

/**
 * Matrix products by matrix units, their instructions emulated where the device has none, against sums in double precision of
 * operands that this test has rounded itself; skipped, with the reason, where there is no device.
 */
class MatrixProductsTest {

    private static Map<Compute, ResidentEngine> engines = Map.of();

    @BeforeAll
    static void open() {
        engines = Engines.byUnits(Stored.FP32);
    }

    @AfterAll
    static void close() {
        engines.values().forEach(ResidentEngine::close);
    }

    /** Rows, columns and the inner dimension around the borders of tiles, of stages and of shares of a sum. */
    static Stream<Arguments> shapes() {
        int[][] shapes = {
            {1, 1, 1},
            {63, 31, 33},
            {64, 64, 32},
            {65, 65, 100},
            {3, 20, 1025},
            {129, 128, 64},
            {70, 130, 7},
            {33, 7, 1024},
            {16, 9, 2100}
        };
        return Stream.of(Compute.TF32, Compute.BF16)
                .flatMap(compute -> Arrays.stream(shapes).map(s -> Arguments.of(compute, s[0], s[1], s[2])));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void productsAreThoseOfRoundedOperandsWhereverTheyLie(Compute compute, int m, int n, int k) {
        for (int form = 0; form < 4; form++) {
            boolean ta = form % 2 == 1;
            boolean tb = form / 2 == 1;
            float[] a = Numbers.normal(m * k, 1);
            float[] b = Numbers.normal(k * n, 2);
            double[] ra = RoundedOperands.valueOf(compute.name()).of(a);
            double[] rb = RoundedOperands.valueOf(compute.name()).of(b);
            BoundedSums sums = new BoundedSums(m * n);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    for (int l = 0; l < k; l++) {
                        sums.add(i * n + j, ra[ta ? l * m + i : i * k + l] * rb[tb ? j * k + l : l * n + j]);
                    }
                }
            }
            String what = "transposed " + ta + ", " + tb;
            sums.requireCloseTo(product(compute, ta, tb, m, n, k, a, b, 0, Float.NaN, false), what);
            sums.requireCloseTo(product(compute, ta, tb, m, n, k, a, b, 3, Float.NaN, false), what + ", shifted");
            for (int i = 0; i < m * n; i++) {
                sums.add(i, 2.5);
            }
            sums.requireCloseTo(product(compute, ta, tb, m, n, k, a, b, 1, 2.5f, true), what + ", added");
        }
    }

    /** @param shift by how many numbers operands and result lie behind the begin of their memory */
    private static float[] product(
            Compute compute,
            boolean ta,
            boolean tb,
            int m,
            int n,
            int k,
            float[] a,
            float[] b,
            int shift,
            float before,
            boolean accumulate) {
        ResidentEngine engine = engines.get(compute);
        float[] c = new float[m * n];
        Arrays.fill(c, before);
        Buffer out = shifted(engine, c, shift);
        engine.dense().gemm(ta, tb, m, n, k, shifted(engine, a, shift), shifted(engine, b, shift), out, accumulate);
        return out.toArray(m * n);
    }

    private static Buffer shifted(ResidentEngine engine, float[] values, int shift) {
        Buffer slice = engine.bufferOf(new float[values.length + shift]).slice(shift, values.length);
        slice.copyIn(0, values, 0, values.length);
        return slice;
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void theSameBitsComeTwiceAndNothingComesOutOfNothing(Compute compute) {
        float[] a = Numbers.normal(70 * 3000, 3);
        float[] b = Numbers.normal(3000 * 40, 4);
        float[] once = product(compute, true, false, 70, 40, 3000, a, b, 0, Float.NaN, false);
        assertThat(product(compute, true, false, 70, 40, 3000, a, b, 0, Float.NaN, false))
                .isEqualTo(once);
        float[] none = new float[0];
        assertThat(product(compute, false, false, 2, 3, 0, none, none, 0, Float.NaN, false))
                .containsOnly(0);
        assertThat(product(compute, false, false, 2, 3, 0, none, none, 0, 4, true))
                .containsOnly(4);
        assertThat(product(compute, false, false, 0, 3, 5, none, new float[15], 0, 0, false))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void anEngineSaysToWhatItRounds(Compute compute) {
        ResidentEngine engine = engines.get(compute);
        assertThat(engine.description()).contains("compute: " + compute);
        assertThat(engine.programs().orElseThrow().operands()).isEqualTo(Operands.valueOf(compute.name()));
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "BF16"})
    void aDeviceWithoutMatrixUnitsIsRefusedUnlessATestAsksForThemToBeEmulated(Compute compute) {
        var device = Engines.devices().list().getFirst();
        Assumptions.assumeFalse(device.matrixUnits(), "this device has matrix units");
        assertThatThrownBy(() -> Engines.factory(false).require(Engines.computing(compute)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContainingAll(
                        "compute: " + compute, "compute capability 8.0", device.name(), "compute: fp32");
        Engines.factory(true).require(Engines.computing(compute));
        assertThat(engines.get(compute).description()).contains("emulated");
    }

    @Test
    void roundingErrorsAreThoseOfTheBitsThatAreKept() {
        assertThat(Operands.TF32.rounding()).isEqualTo(0x1p-11);
        assertThat(Operands.BF16.rounding()).isEqualTo(0x1p-8);
        assertThat(Operands.FP32.rounding()).isEqualTo(0x1p-24);
    }
}
