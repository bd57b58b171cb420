package org.scenecontexts.sparseconv.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scenecontexts.sparseconv.kernel.device.ConvCases.cube;
import static org.scenecontexts.sparseconv.kernel.device.ConvCases.numbers;
import static org.scenecontexts.sparseconv.kernel.device.ConvCases.poisoned;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.resident.ResidentConfig.Compute;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.sparseconv.DeviceEngines;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.testing.PackedNumbers;

/**
 * Matrix units read activations that are kept as bfloat16 where they lie: the same bits as of the same numbers unpacked, and no
 * copy of them where channels fill whole stages. Skipped, with the reason, where there is no device.
 */
class PackedConvTest {

    private static final Map<Compute, ResidentEngine> ENGINES = new EnumMap<>(Compute.class);

    @BeforeAll
    static void open() {
        ENGINES.put(Compute.TF32, DeviceEngines.keepingBfloat16(Compute.TF32));
        ENGINES.put(Compute.BF16, DeviceEngines.keepingBfloat16(Compute.BF16));
    }

    @AfterAll
    static void close() {
        ENGINES.values().forEach(ResidentEngine::close);
        ENGINES.clear();
    }

    private static float[] output(ResidentEngine engine, KernelMap map, Buffer x, int cin, int cout) {
        Buffer y = poisoned(engine, map.outRows() * cout);
        Buffer w = engine.bufferOf(numbers(map.lists() * cin * cout, 3));
        engine.kernel(SparseConvKernels.class).forward(map, x, cin, w, cout, y);
        return y.toArray(map.outRows() * cout);
    }

    private static float[] gradient(ResidentEngine engine, KernelMap map, Buffer x, int cin, int cout) {
        Buffer dw = poisoned(engine, map.lists() * cin * cout);
        Buffer g = engine.bufferOf(numbers(map.outRows() * cout, 2));
        engine.kernel(SparseConvKernels.class).weightGradient(map, x, cin, g, cout, dw);
        return dw.toArray(map.lists() * cin * cout);
    }

    private static long roundings(ResidentEngine engine) {
        return engine.launchesByKernel().getOrDefault("roundRows", 0L);
    }

    @ParameterizedTest
    @CsvSource({
        "BF16, 97, 3, 8, 0",
        "BF16, 97, 32, 8, 0",
        "BF16, 65, 33, 40, 1",
        "BF16, 130, 64, 32, 0",
        "BF16, 64, 64, 3, 5",
        "TF32, 97, 32, 8, 0",
        "TF32, 65, 33, 8, 3"
    })
    void packedRowsGiveTheBitsOfTheSameNumbersUnpacked(Compute compute, int rows, int cin, int cout, int from) {
        ResidentEngine engine = ENGINES.get(compute);
        PackedNumbers x = PackedNumbers.of(engine, numbers(rows * cin + from, 1), from);
        KernelMap map = cube(rows);
        assertThat(engine.kernel(SparseConvKernels.class).takesPacked()).isTrue();

        long before = roundings(engine);
        float[] y = output(engine, map, x.packed(), cin, cout);
        boolean whole = compute == Compute.BF16 && cin % 32 == 0 && from == 0;
        assertThat(roundings(engine) - before).as("copies of the rows").isEqualTo(whole ? 0 : 1);
        float[] dw = gradient(engine, map, x.packed(), cin, cout);

        assertThat(y).doesNotContain(Float.NaN).isEqualTo(output(engine, map, x.floats(), cin, cout));
        assertThat(dw).doesNotContain(Float.NaN).isEqualTo(gradient(engine, map, x.floats(), cin, cout));
    }

    @ParameterizedTest
    @CsvSource({
        "BF16, 97, 3, 8, 0",
        "BF16, 97, 32, 33, 0",
        "BF16, 65, 33, 40, 1",
        "BF16, 2500, 64, 32, 0",
        "BF16, 9000, 32, 96, 0",
        "BF16, 64, 64, 3, 5",
        "TF32, 97, 32, 8, 0",
        "TF32, 2500, 33, 7, 3"
    })
    void packedOutputsAreTheFloat32OnesRounded(Compute compute, int rows, int cin, int cout, int from) {
        ResidentEngine engine = ENGINES.get(compute);
        KernelMap map = cube(rows);
        Buffer x = engine.bufferOf(numbers(map.inRows() * cin, 1));
        float[] expected = PackedNumbers.rounded(engine, output(engine, map, x, cin, cout));
        int n = expected.length;
        Buffer packed = PackedNumbers.room(engine, n, from);
        Buffer w = engine.bufferOf(numbers(map.lists() * cin * cout, 3));
        engine.kernel(SparseConvKernels.class).forward(map, x, cin, w, cout, packed);
        assertThat(packed.toArray(n)).doesNotContain(Float.NaN).isEqualTo(expected);
    }

    @Test
    void kernelsInFloat32AreGivenUnpackedRows() {
        try (ResidentEngine engine = DeviceEngines.keepingBfloat16()) {
            assertThat(engine.kernel(SparseConvKernels.class).takesPacked()).isFalse();
        }
    }
}
