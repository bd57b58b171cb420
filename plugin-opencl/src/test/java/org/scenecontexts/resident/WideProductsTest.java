package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.testing.BoundedSums;
import org.scenecontexts.testkit.Numbers;

/**
 * Products in float32 in large tiles where the shape fills them, in small ones elsewhere: both within what float32 may lose, for rows,
 * columns and inner dimensions around the borders of tiles, stages and shares. Skipped, with the reason, without a device.
 */
class WideProductsTest {

    private static ResidentEngine engine;

    @BeforeAll
    static void open() {
        engine = Engines.open();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private static Buffer shifted(float[] values, int shift) {
        Buffer slice = engine.bufferOf(new float[values.length + shift]).slice(shift, values.length);
        slice.copyIn(0, values, 0, values.length);
        return slice;
    }

    private static float[] product(
            boolean ta, boolean tb, int m, int n, int k, float[] a, float[] b, int shift, float before, boolean adds) {
        float[] c = new float[m * n];
        Arrays.fill(c, before);
        Buffer out = shifted(c, 1);
        engine.dense().gemm(ta, tb, m, n, k, shifted(a, shift), shifted(b, shift), out, adds);
        return out.toArray(m * n);
    }

    private static long wide() {
        return engine.launchesByKernel().getOrDefault("wideGemm", 0L);
    }

    @ParameterizedTest
    @CsvSource({
        "64, 32, 16",
        "64, 128, 4",
        "65, 64, 20",
        "127, 96, 100",
        "130, 160, 36",
        "68, 32, 1028",
        "64, 96, 1056",
        "132, 64, 33",
        "67, 32, 35",
        "63, 64, 64",
        "80, 31, 32",
        "64, 64, 1"
    })
    void productsAreThoseOfTheNumbersInEveryForm(int m, int n, int k) {
        for (int form = 0; form < 4; form++) {
            boolean ta = form % 2 == 1;
            boolean tb = form / 2 == 1;
            float[] a = Numbers.normal(m * k, 1);
            float[] b = Numbers.normal(k * n, 2);
            BoundedSums sums = new BoundedSums(m * n);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    for (int l = 0; l < k; l++) {
                        sums.add(i * n + j, (double) a[ta ? l * m + i : i * k + l] * b[tb ? j * k + l : l * n + j]);
                    }
                }
            }
            String what = "transposed " + ta + ", " + tb;
            boolean fills = m >= 64 && n % 32 == 0 && (ta ? m : k) % 4 == 0 && (!tb || k % 4 == 0);
            long before = wide();
            sums.requireCloseTo(product(ta, tb, m, n, k, a, b, 0, Float.NaN, false), what);
            assertThat(wide() - before).as("large tiles, " + what).isEqualTo(fills ? 1 : 0);
            sums.requireCloseTo(product(ta, tb, m, n, k, a, b, 3, Float.NaN, false), what + ", shifted");
            for (int i = 0; i < m * n; i++) {
                sums.add(i, 2.5);
            }
            sums.requireCloseTo(product(ta, tb, m, n, k, a, b, 0, 2.5f, true), what + ", added");
        }
    }

    @ParameterizedTest
    @CsvSource({"130, 64, 1056", "64, 32, 16"})
    void theSameBitsComeTwice(int m, int n, int k) {
        float[] a = Numbers.normal(m * k, 3);
        float[] b = Numbers.normal(k * n, 4);
        assertThat(product(false, true, m, n, k, a, b, 0, Float.NaN, false))
                .isEqualTo(product(false, true, m, n, k, a, b, 0, Float.NaN, false));
    }
}
