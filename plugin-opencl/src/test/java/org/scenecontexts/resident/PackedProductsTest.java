package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.PackedValues;
import org.scenecontexts.resident.ResidentConfig.Compute;
import org.scenecontexts.resident.ResidentConfig.Stored;
import org.scenecontexts.testkit.Numbers;

/**
 * Matrix units multiply operands that are stored as bfloat16 where they lie: the same bits as of the same numbers unpacked, and no
 * copy of a left one that fills whole stages. Skipped, with the reason, where there is no device.
 */
class PackedProductsTest {

    private static final Map<Compute, ResidentEngine> ENGINES = new EnumMap<>(Compute.class);

    @BeforeAll
    static void open() {
        for (Compute compute : List.of(Compute.TF32, Compute.BF16)) {
            ENGINES.put(compute, Engines.open(config(compute), Engines.factory(true)));
        }
    }

    @AfterAll
    static void close() {
        ENGINES.values().forEach(ResidentEngine::close);
        ENGINES.clear();
    }

    private static ResidentConfig config(Compute compute) {
        return new ResidentConfig(Optional.empty(), Optional.empty(), Optional.empty(), compute).storing(Stored.BF16);
    }

    /** The same numbers twice: as bfloat16, and as float32. */
    private record Both(Buffer packed, Buffer floats) {

        static Both of(ResidentEngine engine, int count, int from, long seed) {
            PackedValues packing = engine.packing().orElseThrow();
            int n = count + from;
            Buffer words = engine.buffers().take(packing.length(n));
            packing.pack(n, engine.bufferOf(Numbers.normal(n, seed)), words);
            Buffer floats = engine.bufferOf(new float[n]);
            packing.unpack(n, words, floats);
            return new Both(packing.view(n, words).slice(from, count), floats.slice(from, count));
        }
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
        ResidentEngine engine = ENGINES.get(compute);
        assertThat(engine.dense().multipliesPacked()).isTrue();
        Both a = Both.of(engine, m * k, from, 1);
        Both b = Both.of(engine, k * n, from, 2);
        for (int form = 0; form < 4; form++) {
            boolean ta = form % 2 == 1;
            boolean tb = form / 2 == 1;
            long before = engine.launchesByKernel().getOrDefault("packLeft", 0L);
            float[] found = product(engine, ta, tb, m, n, k, a.packed, b.packed);
            boolean whole = compute == Compute.BF16 && k % 32 == 0 && from == 0;
            assertThat(engine.launchesByKernel().getOrDefault("packLeft", 0L) - before)
                    .as("copies of rows, transposed %s", ta)
                    .isEqualTo(ta || whole ? 0 : 1);
            assertThat(found)
                    .as("transposed %s, %s", ta, tb)
                    .doesNotContain(Float.NaN)
                    .isEqualTo(product(engine, ta, tb, m, n, k, a.floats, b.floats));
        }
    }

    @Test
    void productsInFloat32AreGivenUnpackedOperands() {
        try (ResidentEngine engine = Engines.open(config(Compute.FP32))) {
            assertThat(engine.dense().takesPacked()).isTrue();
            assertThat(engine.dense().multipliesPacked()).isFalse();
            assertThat(engine.description()).contains("storage: bf16");
        }
    }
}
