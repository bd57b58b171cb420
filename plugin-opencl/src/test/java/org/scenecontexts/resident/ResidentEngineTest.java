package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceFullException;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.Event;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.BatchedProductKernels;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.Wanted;
import org.scenecontexts.testing.LogLines;

/** What buffers, indices, the queue and the pool of a device promise; skipped, with the reason, where there is none. */
class ResidentEngineTest {

    private static final float[] NUMBERS = {1, 2, 3, 4, 5, 6, 7, 8};

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

    @Test
    void copiesSeeWhatWasAskedForBeforeThem() {
        Buffer buffer = engine.bufferOf(NUMBERS);
        engine.dense().scale(8, 2, buffer, buffer);
        buffer.copyIn(1, new float[] {-1, -2}, 0, 2);
        engine.dense().scale(8, 10, buffer, buffer);
        assertThat(buffer.toArray(8)).containsExactly(20, -10, -20, 80, 100, 120, 140, 160);
    }

    @Test
    void aSliceIsTheSameMemoryFromAnotherPlace() {
        Buffer all = engine.bufferOf(NUMBERS);
        Buffer slice = all.slice(2, 5).slice(1, 3);
        engine.dense().fill(3, 9, slice);
        assertThat(all.toArray(8)).containsExactly(1, 2, 3, 9, 9, 9, 7, 8);
        assertThat(slice.memory()).isSameAs(all.memory());
        assertThat(slice.offset()).isEqualTo(3);
        assertThatThrownBy(() -> slice.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.copyOut(0, new float[9], 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void copiesThatAreMadeLaterHaveEndedWhenTheirEventHas() {
        Buffer buffer = engine.bufferOf(new float[8]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment there = arena.allocateFrom(ValueLayout.JAVA_FLOAT, NUMBERS);
            MemorySegment back = arena.allocate(ValueLayout.JAVA_FLOAT, 8);
            Event in = buffer.copyInLater(0, there, 8);
            engine.dense().scale(8, 3, buffer, buffer);
            Event out = buffer.copyOutLater(0, back, 8);
            in.await();
            out.await();
            out.await();
            assertThat(back.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(3, 6, 9, 12, 15, 18, 21, 24);
        }
    }

    @Test
    void whatIsBroughtOverMayChangeAtOnce() {
        int size = 40_000;
        int copies = 300;
        Buffer buffer = engine.bufferOf(new float[size]);
        float[] changing = new float[size];
        for (int i = 0; i < copies; i++) {
            Arrays.fill(changing, i);
            // Small and large, so that pieces of host memory of several sizes are used, and used again while kernels
            // wait.
            buffer.copyIn(i, changing, 0, i % 3 == 0 ? size - copies : 1);
            engine.dense().scale(size, 1, buffer, buffer);
        }
        float[] found = buffer.toArray(size);
        for (int i = 0; i < copies; i++) {
            assertThat(found[i]).as("number %s", i).isEqualTo(i);
        }
        assertThat(found[size - copies]).isEqualTo(copies - 3);
    }

    @Test
    void aKernelRunsInGroupsOfTheSizeThatItWasDeclaredWith() {
        var programs = engine.programs().orElseThrow();
        assertThat(programs.limits().groupItems()).isGreaterThanOrEqualTo(128);
        assertThat(programs.limits().localBytes()).isGreaterThanOrEqualTo(16 << 10);
        Buffer sums = engine.bufferOf(new float[] {Float.NaN, Float.NaN, Float.NaN});
        programs.compile("wide.cl", """
            KERNEL_OF(128) wide(B(x)) {
              __local float s[128];
              AT(x)
              s[LANE] = LANE;
              BARRIER;
              float sum = 0;
              for (int i = 0; i < 128; i++) sum += s[i];
              if (LANE == 127) x[GROUP_X] = sum;
            }
            """).launch("wide", new DeviceProgram.Groups(3, 1, 1, 128), sums);
        assertThat(sums.toArray(3)).containsExactly(8128, 8128, 8128);
    }

    /** What a source may use of OpenCL C, whatever language it is compiled as. */
    @Test
    void sourcesMeanTheSameByEveryDriver() {
        Buffer x = engine.bufferOf(new float[] {1, -2, 3, -4, 0.5f, 1.5f, 2.5f, 3.5f});
        Buffer out = engine.bufferOf(new float[16]);
        Indices counts = engine.indices(new int[] {5, 5, 5, 5, 5, 5, 6, 5}, 100);
        var program = engine.programs().orElseThrow().compile("words.cl", """
            static float local_(TO_LOCAL const float* s, const int i) { return s[i]; }
            KERNEL words(B(x), B(out), I(counts), const long wide) {
              __local float s[GROUP];
              AT(x) AT(out)
              s[LANE] = (float)get_local_id(0);
              barrier(CLK_LOCAL_MEM_FENCE);
              if (ITEM == (int)get_global_size(0) - 1) {
                const float4 a = vload4(0, x), b = vload4(1, x), c = OF4(float, 1, 1, 1, 1);
                float4 v = 2.0f * a + b * 2.0f - a * c;
                v += b;
                vstore4(v, 0, out);
                out[4] = as_float(as_uint(x[0]) + (1u << 23));
                out[5] = as_float(as_int(x[0]) | 1 << 31);
                out[6] = (float)(popcount(0xF0F0u) + 100 * clz(1u));
                out[7] = sign(x[1]) + mad(x[0], x[2], 10.0f) + fma(x[2], x[2], 1.0f);
                out[8] = clamp(x[3], -1.0f, 1.0f) + clamp(7, 0, 5);
                out[9] = local_(s, GROUP - 1);
                out[10] = (float)(get_group_id(0) + 10 * get_num_groups(0) + 100 * get_global_id(0) + 1000 * get_local_size(0));
                out[11] = (float)(wide >> 40);
                out[12] = isnan(x[0]) || isinf(INFINITY) ? 1 : 0;
                const float2 two = OF2(float, 3, 4);
                out[13] = two.x * two.y;
                out[14] = (float)(((ulong)1 << 63) >> 60);
              }
              atomic_add(counts, 1);
              atomic_max(counts + 1, ITEM);
              atomic_min(counts + 2, ITEM - 7);
              atomic_or(counts + 3, 8);
              atomic_and(counts + 4, 4);
              atomic_inc(counts + 5);
              atomic_cmpxchg(counts + 6, 6, 60);
              if (ITEM == 0) atomic_xchg(counts + 7, 9);
            }
            """);

        program.launch("words", new Groups(2, 1, 1), x, out, counts, 3L << 40);

        assertThat(out.toArray(15))
                .containsExactly(2.5f, 2.5f, 10.5f, 6.5f, 2, -1, 3108, 22, 4, 63, 76721, 3, 1, 12, 8);
        assertThat(counts.toArray()).containsExactly(133, 127, -7, 13, 4, 133, 60, 9);
    }

    @Test
    void anArrayIsRefusedWithWhoAskedAndTheDevice() {
        Buffer buffer = engine.bufferOf(NUMBERS);
        assertThatThrownBy(() -> buffer.array())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("ResidentEngineTest", engine.name());
    }

    @Test
    void whatIsGivenBackIsLentAgainAndOneGivenBackTwiceIsFound() {
        Buffer first = engine.buffers().take(1000);
        engine.buffers().give(first);
        Buffer second = engine.buffers().take(1000);
        assertThat(second.memory()).isSameAs(first.memory());
        Buffer slice = second.slice(1, 5);
        assertThatThrownBy(() -> engine.buffers().give(slice)).isInstanceOf(IllegalArgumentException.class);
        engine.buffers().give(second);
        assertThatThrownBy(() -> engine.buffers().give(second))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("given back twice");
    }

    @Test
    void lengthsAreRoundedUpByAnEighthAtMost() {
        for (int length = 64; length < 100_000; length = length * 21 / 20 + 1) {
            assertThat(ResidentPool.rounded(length)).isBetween(length, length + length / 8 + 1);
        }
    }

    @Test
    void indicesFromTheHostAreCheckedAndThoseOfKernelsAddUpToo() {
        assertThatThrownBy(() -> engine.indices(new int[] {0, 3}, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        Indices known = engine.indices(new int[] {2, 0, 2, 2}, 3);
        Indices written = engine.buffers().takeIndices(4, 3);
        written.copyIn(0, new int[] {2, 0, 2, 2}, 0, 4);
        Buffer rows = engine.bufferOf(NUMBERS);
        List<float[]> sums = new ArrayList<>();
        for (Indices index : List.of(known, written)) {
            Buffer out = engine.bufferOf(new float[6]);
            engine.dense().scatterAddRows(4, 2, rows, index, 3, out);
            sums.add(out.toArray(6));
        }
        assertThat(sums.getFirst()).containsExactly(3, 4, 0, 0, 13, 16);
        assertThat(sums.getLast()).isEqualTo(sums.getFirst());
        written.release();
    }

    @Test
    void aSourceThatTheCompilerRefusesIsShownWithWhatItSaid() {
        var broken = engine.programs().orElseThrow().compile("broken.cl", "KERNEL broken(B(x)) { nonsense }");
        assertThatThrownBy(() -> broken.launch("broken", Groups.of(1), engine.bufferOf(NUMBERS)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("broken.cl")
                .hasMessageContaining("nonsense");
    }

    /** An operator of a plugin. */
    private interface Doubling {
        void twice(Buffer x);
    }

    /** Kernels that a plugin makes of some sources; those that the compiler refuses are shown by the first launch or before. */
    private record Bringing<K>(Class<K> type, Function<DevicePrograms, K> make) implements KernelProvider<K> {
        @Override
        public String device() {
            return ResidentEngine.KERNELS;
        }

        @Override
        public K create(TensorEngine engine) {
            return make.apply(engine.programs().orElseThrow());
        }
    }

    private static BatchedProductKernels ofRefusedSources(DevicePrograms programs) {
        DeviceProgram first = programs.compile("first.cl", "KERNEL one(B(x)) { nonsense }");
        DeviceProgram second = programs.compile("second.cl", "KERNEL two(B(x)) { rubbish }");
        return (transposeA, transposeB, batches, m, n, k, a, b, c, accumulate) ->
                List.of(first, second).forEach(program -> program.launch("one", Groups.of(1), c));
    }

    private static Doubling doubling(DevicePrograms programs) {
        DeviceProgram program =
                programs.compile("twice.cl", "KERNEL twice(B(x)) { AT(x) if (ITEM == 0) x[0] = 2 * x[0]; }");
        return x -> program.launch("twice", Groups.of(1), x);
    }

    @Test
    void sourcesThatAreRefusedCostThePluginThatBroughtThemItsKernelsAndNoOther() {
        DeviceSession session = Engines.devices().open(Wanted.named(""));
        List<KernelProvider<?>> plugins = List.of(
                new Bringing<>(BatchedProductKernels.class, ResidentEngineTest::ofRefusedSources),
                new Bringing<>(Doubling.class, ResidentEngineTest::doubling));
        try (LogLines said = LogLines.of(ResidentEngine.class);
                ResidentEngine own = new ResidentEngine(session, () -> new CpuEngine(1, List.of()), plugins)) {
            DeviceProgram late = own.programs().orElseThrow().compile("late.cl", "KERNEL late(B(x)) { waste }");
            Buffer x = own.bufferOf(new float[] {3});
            own.kernel(BatchedProductKernels.class).multiply(false, false, 1, 1, 1, 1, x, x, x, false);
            own.kernel(Doubling.class).twice(x);
            assertThat(x.toArray(1)).containsExactly(18);
            assertThatThrownBy(() -> late.launch("late", Groups.of(1), x)).hasMessageContaining("late.cl");
            assertThat(said.warnings())
                    .singleElement()
                    .asString()
                    .contains("cannot run on", "first.cl", "nonsense", "second.cl");
        }
    }

    @Test
    void aBufferOfAnotherDeviceIsRefused() {
        var program = engine.programs()
                .orElseThrow()
                .compile("one.cl", "KERNEL one(B(x)) { AT(x) if (ITEM == 0) x[0] = 1; }");
        assertThatThrownBy(() -> program.launch("one", Groups.of(1), HeapBuffer.of(new float[1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'one' of one.cl");
        assertThatThrownBy(() -> program.launch("two", Groups.of(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'two' in one.cl");
    }

    @Test
    void whatHasNoKernelHereIsComputedByTheProcessorAndCountedApart() {
        DeviceSession session = Engines.devices().open(Wanted.named(""));
        try (ResidentEngine bare = new ResidentEngine(session, () -> new CpuEngine(1, List.of()), List.of())) {
            Buffer x = bare.bufferOf(new float[] {1, 2, 3, 4, 5, 6});
            Buffer out = bare.bufferOf(new float[6]);
            bare.kernel(BatchedProductKernels.class).multiply(false, false, 2, 1, 3, 1, x, x, out, false);
            assertThat(bare.crossings().calls()).isEqualTo(1);
            assertThat(bare.hostReads()).isZero();
            // [1] . [1 2 3], then [2] . [4 5 6]
            assertThat(out.toArray(6)).containsExactly(1, 2, 3, 8, 10, 12);
        }
    }

    @Test
    void aDeviceOfAnotherNameIsRefusedWithThoseThatThereAre() {
        var context = new EngineFactory.Context(1, List.of(), () -> new CpuEngine(1, List.of()));
        assertThatThrownBy(() -> Engines.factory(false).create(named("no-such-device", Optional.empty()), context))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no-such-device")
                .hasMessageContaining("found ");
    }

    private static ResidentConfig named(String name, Optional<Integer> card) {
        return new ResidentConfig(Optional.of(name), card, Optional.empty(), ResidentConfig.Compute.FP32);
    }

    @Test
    void aCardThatIsNotThereIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> Engines.factory(false).require(named("", Optional.of(40))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(" device of number 40", "counted from 0");
    }

    @Test
    void aFullDeviceSaysWhatIsTakenAndWhatMayBeTaken() {
        try (TensorEngine small = Engines.open(new ResidentConfig(
                Optional.empty(), Optional.empty(), Optional.of("1m"), ResidentConfig.Compute.FP32))) {
            Buffer kept = small.buffers().take(200_000);
            assertThatThrownBy(() -> small.buffers().take(100_000))
                    .isInstanceOfSatisfying(DeviceFullException.class, full -> {
                        assertThat(full.capacity()).isEqualTo(1 << 20);
                        assertThat(full.taken()).isBetween(800_000L, 1L << 20);
                        assertThat(full.wanted()).isGreaterThanOrEqualTo(400_000);
                    })
                    .hasMessageContaining("of 1 MiB are taken");
            small.buffers().give(kept);
            assertThat(small.buffers().take(220_000).capacity()).isGreaterThanOrEqualTo(220_000);
        }
    }

    @Test
    void memoryThatIsNoAmountIsRefused() {
        assertThatThrownBy(() -> new ResidentConfig(
                        Optional.empty(), Optional.empty(), Optional.of("much"), ResidentConfig.Compute.FP32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'much'");
    }

    @Test
    void theDeviceIsToldWithItsMemoryAndHowItComputes() {
        assertThat(engine.description()).containsPattern("driver .*\\d+ MiB.*compute: fp32");
    }
}
