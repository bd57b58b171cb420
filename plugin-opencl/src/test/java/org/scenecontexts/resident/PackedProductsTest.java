package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.resident.ResidentConfig.Compute;
import org.scenecontexts.resident.ResidentConfig.Stored;
import org.scenecontexts.testing.LogLines;
import org.scenecontexts.testing.PackedNumbers;
import org.scenecontexts.testkit.Numbers;

/**
 * Matrix units multiply operands that are stored as bfloat16 where they lie: the same bits as of the same numbers unpacked, and no
 * copy of a left one that fills whole stages. Skipped, with the reason, where there is no device.
 */
class PackedProductsTest {

    private static Map<Compute, ResidentEngine> engines = Map.of();

    @BeforeAll
    static void open() {
        engines = Engines.byUnits(Stored.BF16);
    }

    @AfterAll
    static void close() {
        engines.values().forEach(ResidentEngine::close);
    }

    private static float[] product(
            ResidentEngine engine, boolean ta, boolean tb, int m, int n, int k, Buffer a, Buffer b) {
        float[] poison = new float[m * n];
        Arrays.fill(poison, Float.NaN);
        Buffer c = engine.bufferOf(poison);
        engine.dense().gemm(ta, tb, m, n, k, a, b, c, false);
        return c.toArray(m * n);
    }

    @ParameterizedTest
    @CsvSource({
        "BF16, 65, 33, 64, 0",
        "BF16, 65, 33, 64, 3",
        "BF16, 7, 40, 33, 0",
        "BF16, 64, 9, 1056, 0",
        "TF32, 65, 33, 64, 0",
        "TF32, 7, 40, 33, 1"
    })
    void packedOperandsGiveTheBitsOfTheSameNumbersUnpacked(Compute compute, int m, int n, int k, int from) {
        ResidentEngine engine = engines.get(compute);
        assertThat(engine.dense().multipliesPacked()).isTrue();
        PackedNumbers a = PackedNumbers.of(engine, Numbers.normal(m * k + from, 1), from);
        PackedNumbers b = PackedNumbers.of(engine, Numbers.normal(k * n + from, 2), from);
        for (int form = 0; form < 4; form++) {
            boolean ta = form % 2 == 1;
            boolean tb = form / 2 == 1;
            long before = engine.launchesByKernel().getOrDefault("packLeft", 0L);
            float[] found = product(engine, ta, tb, m, n, k, a.packed(), b.packed());
            boolean whole = compute == Compute.BF16 && k % 32 == 0 && from == 0;
            assertThat(engine.launchesByKernel().getOrDefault("packLeft", 0L) - before)
                    .as("copies of rows, transposed %s", ta)
                    .isEqualTo(ta || whole ? 0 : 1);
            assertThat(found)
                    .as("transposed %s, %s", ta, tb)
                    .doesNotContain(Float.NaN)
                    .isEqualTo(product(engine, ta, tb, m, n, k, a.floats(), b.floats()));
        }
    }

    @Test
    void productsInFloat32AreGivenUnpackedOperandsAndThatIsSaid() {
        try (LogLines lines = LogLines.of(ResidentEngineFactory.class);
                ResidentEngine engine = Engines.open(ResidentConfig.PREFERRED.storing(Stored.BF16))) {
            assertThat(lines.warnings()).anyMatch(line -> line.contains("write 'compute: bf16' beside it"));
            assertThat(engine.dense().takesPacked()).isTrue();
            assertThat(engine.dense().multipliesPacked()).isFalse();
            assertThat(engine.description()).contains("storage: bf16");
        }
    }
}
