package org.scenecontexts.sparseconv.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.PackedValues;
import org.scenecontexts.resident.ResidentConfig.Compute;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.sparseconv.DeviceEngines;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;
import org.scenecontexts.sparseconv.map.Voxels;

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

    private static KernelMap cube(int rows) {
        return KernelMaps.cube(
                CoordinateSet.sort(Voxels.random(rows, 1, rows), 1).set(), 3, KernelLayout.MINKOWSKI_04_HYBRID);
    }

    private static float[] numbers(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static Buffer poisoned(ResidentEngine engine, int length) {
        float[] nan = new float[length];
        Arrays.fill(nan, Float.NaN);
        return engine.bufferOf(nan);
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
        PackedValues packing = engine.packing().orElseThrow();
        int n = rows * cin + from;
        Buffer words = engine.buffers().take(packing.length(n));
        packing.pack(n, engine.bufferOf(numbers(n, 1)), words);
        Buffer floats = engine.bufferOf(new float[n]);
        packing.unpack(n, words, floats);
        Buffer packed = packing.view(n, words).slice(from, n - from);
        Buffer unpacked = floats.slice(from, n - from);
        KernelMap map = cube(rows);
        assertThat(engine.kernel(SparseConvKernels.class).takesPacked()).isTrue();

        long before = roundings(engine);
        float[] y = output(engine, map, packed, cin, cout);
        boolean whole = compute == Compute.BF16 && cin % 32 == 0 && from == 0;
        assertThat(roundings(engine) - before).as("copies of the rows").isEqualTo(whole ? 0 : 1);
        float[] dw = gradient(engine, map, packed, cin, cout);

        assertThat(y).doesNotContain(Float.NaN).isEqualTo(output(engine, map, unpacked, cin, cout));
        assertThat(dw).doesNotContain(Float.NaN).isEqualTo(gradient(engine, map, unpacked, cin, cout));
        engine.buffers().give(words);
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
        PackedValues packing = engine.packing().orElseThrow();
        KernelMap map = cube(rows);
        Buffer x = engine.bufferOf(numbers(map.inRows() * cin, 1));
        float[] floats = output(engine, map, x, cin, cout);
        int n = floats.length;
        Buffer words = engine.buffers().take(packing.length(n));
        packing.pack(n, engine.bufferOf(floats), words);
        float[] expected = packing.view(n, words).toArray(n);
        engine.buffers().give(words);

        Buffer room = poisoned(engine, packing.length(n + from));
        Buffer packed = packing.view(n + from, room).slice(from, n);
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
