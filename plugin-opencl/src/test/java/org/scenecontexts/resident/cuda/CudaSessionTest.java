package org.scenecontexts.resident.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceFullException;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.Event;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.ProgramCache;
import org.scenecontexts.resident.device.SessionProgram;
import org.scenecontexts.resident.device.Wanted;
import org.scenecontexts.testing.CudaStandIn;

/** The stream, its memory and its programs, and what the driver refuses, on the stand-in. */
class CudaSessionTest {

    private static final int OUT_OF_MEMORY = 2;
    private static final int INVALID_IMAGE = 200;
    private static final int ILLEGAL_ADDRESS = 700;
    private static final int MANY = 40;

    private static final String PRELUDE = "#define KERNEL extern \"C\" __global__ void __launch_bounds__(64)\n";
    private static final String PLUS =
            PRELUDE + "KERNEL plus(int* x, const int by, const long long wide) { x[threadIdx.x] += by + (int)wide; }";

    @TempDir
    private Path folder;

    private CudaStandIn standIn;

    @BeforeEach
    void make() {
        standIn = CudaStandIn.make();
    }

    private DeviceSession open() {
        return open(Optional.empty());
    }

    private DeviceSession open(Optional<ProgramCache> cache) {
        return CudaDevices.find(standIn.library(), standIn.library(), cache).open(Wanted.named(""));
    }

    /** A piece of memory as the engine's indices are. */
    private record Lying(DeviceMemory memory) implements SessionProgram.Lying {}

    private static int[] read(DeviceSession session, DeviceMemory memory, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(ValueLayout.JAVA_INT, count);
            session.read(memory, 0, values, count);
            return values.toArray(ValueLayout.JAVA_INT);
        }
    }

    private static DeviceMemory ints(DeviceSession session, int... values) {
        DeviceMemory memory = session.allocate(values.length);
        session.write(memory, 0, MemorySegment.ofArray(values), values.length);
        return memory;
    }

    @Test
    void everythingHappensInTheOrderInWhichItWasAskedForAndIsCounted() {
        try (DeviceSession session = open()) {
            SessionProgram program = session.compile("plus.cl", PLUS, true);
            int[] host = new int[64];
            DeviceMemory memory = ints(session, host);
            program.launch("plus", new Groups(1, 1, 1), new Lying(memory), 5, 100L);
            session.write(memory, 1, MemorySegment.ofArray(new int[] {7}), 1);
            program.launch("plus", new Groups(1, 1, 1), new Lying(memory), 1, 0L);
            int[] found = read(session, memory, 64);
            assertThat(Arrays.copyOf(found, 3)).containsExactly(106, 8, 106);
            session.fill(memory, 3);
            assertThat(read(session, memory, 64)).containsOnly(3);
            assertThat(session.launchesByKernel()).containsOnly(java.util.Map.entry("plus", 2L));
            assertThat(new long[] {session.reads(), session.readBytes(), session.writes(), session.writtenBytes()})
                    .containsExactly(2, 512, 2, 260);
        }
    }

    @Test
    void copiesDoNotWaitForTheStreamAndWhatIsBroughtOverMayChangeAtOnce() {
        try (DeviceSession session = open();
                Arena arena = Arena.ofConfined()) {
            DeviceMemory memory = session.allocate(MANY);
            int[] value = new int[1];
            for (int i = 0; i < MANY; i++) {
                value[0] = i;
                session.write(memory, i, MemorySegment.ofArray(value), 1);
            }
            MemorySegment later = arena.allocateFrom(ValueLayout.JAVA_INT, -1);
            Event over = session.writeLater(memory, 3, later, 1);
            MemorySegment back = arena.allocate(ValueLayout.JAVA_INT, MANY);
            Event arrival = session.readLater(memory, 0, back, MANY);
            assertThat(standIn.get("pageable")).as("copies that waited").isZero();
            over.await();
            arrival.await();
            arrival.await();
            assertThat(back.getAtIndex(ValueLayout.JAVA_INT, 2)).isEqualTo(2);
            assertThat(back.getAtIndex(ValueLayout.JAVA_INT, 3)).isEqualTo(-1);
            assertThat(back.getAtIndex(ValueLayout.JAVA_INT, MANY - 1)).isEqualTo(MANY - 1);
            assertThat(standIn.get("pinned")).as("pieces are used again").isLessThan(MANY);
        }
    }

    @Test
    void whatASessionHadIsGivenBackWhenItEnds() {
        DeviceSession session = open();
        SessionProgram program = session.compile("plus.cl", PLUS, true);
        DeviceMemory freed = ints(session, new int[64]);
        DeviceMemory forgotten = session.allocate(1000);
        program.launch("plus", new Groups(1, 1, 1), new Lying(freed), 5, 100L);
        freed.free();
        session.close();
        forgotten.free();
        for (String what : new String[] {"allocations", "pinned", "streams", "retained"}) {
            assertThat(standIn.get(what)).as(what).isZero();
        }
    }

    @Test
    void numbersThatNobodyWaitedForAreLostWhenTheSessionEndsAndNothingElseIs() {
        try (Arena arena = Arena.ofConfined()) {
            DeviceSession session = open();
            DeviceMemory memory = session.allocate(4);
            Event over = session.writeLater(memory, 0, arena.allocate(16), 4);
            Event arrival = session.readLater(memory, 0, arena.allocate(16), 4);
            session.close();
            over.await();
            assertThatThrownBy(arrival::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed before");
            assertThat(standIn.get("pinned")).isZero();
        }
    }

    @Test
    void aKernelAnArgumentOrAGroupThatIsWrongIsRefusedBeforeTheDriverReadsIt() {
        try (DeviceSession session = open()) {
            SessionProgram program = session.compile("plus.cl", PLUS, true);
            Lying memory = new Lying(ints(session, new int[64]));
            Groups one = new Groups(1, 1, 1);
            assertThatThrownBy(() -> program.launch("plus", one, memory, 5L, 100L))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("argument 1 of the kernel 'plus' of plus.cl", "8 bytes, expected 4");
            assertThatThrownBy(() -> program.launch("plus", one, memory, 5, 100L, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("argument 3", "no parameter of this number");
            assertThatThrownBy(() -> program.launch("plus", one, memory, 5))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has 3 parameters and was given 2");
            assertThatThrownBy(() -> program.launch("plus", new Groups(1, 70_000, 1), memory, 5, 1L))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("at most 65535 groups along y and z");
            assertThatThrownBy(() -> program.launch("minus", one, memory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'minus' in plus.cl");
            assertThat(read(session, memory.memory(), 1)).as("nothing ran").containsExactly(0);
        }
    }

    @Test
    void aSourceThatIsRefusedIsShownWithTheCompilersLog() {
        try (DeviceSession session = open()) {
            SessionProgram broken = session.compile("broken.cl", PRELUDE + "KERNEL broken(int* x) { nonsense }", true);
            assertThatThrownBy(broken::await)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("NVRTC 13.0 refused broken.cl for Stand-in 0", "nonsense");
        }
    }

    @Test
    void aFullCardSaysWhatIsTaken() {
        standIn.set("memory", 1 << 20);
        try (DeviceSession session = open()) {
            session.allocate(200_000);
            assertThatThrownBy(() -> session.allocate(100_000)).isInstanceOf(DeviceFullException.class);
            standIn.fail("cuMemAlloc_v2", OUT_OF_MEMORY, 0);
            assertThatThrownBy(() -> session.allocate(10))
                    .isInstanceOfSatisfying(DeviceFullException.class, full -> {
                        assertThat(full.wanted()).isEqualTo(40);
                        assertThat(full.taken()).isEqualTo(800_000);
                        assertThat(full.capacity()).isEqualTo(1 << 20);
                    })
                    .hasMessageContaining("the CUDA device Stand-in 0", "CUDA_ERROR_OUT_OF_MEMORY (2)");
            assertThat(session.allocate(10).elements()).isEqualTo(10);
        }
    }

    @Test
    void whatFailsLaterIsToldByTheNextWhoAsks() {
        DeviceSession session = open();
        DeviceMemory memory = ints(session, 1, 2, 3);
        standIn.fail("cuStreamSynchronize", ILLEGAL_ADDRESS, 0);
        assertThatThrownBy(() -> read(session, memory, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("what was asked for failed on the CUDA device: CUDA_ERROR_ILLEGAL_ADDRESS (700)");
        session.close();
    }

    @Test
    void compiledProgramsAreKeptAndAKeptOneThatTheDriverRefusesIsMadeAnew() {
        ProgramCache cache = new ProgramCache(folder);
        try (DeviceSession session = open(Optional.of(cache))) {
            session.compile("plus.cl", PLUS, true).await();
            assertThat(new int[] {session.compiled(), session.kept()}).containsExactly(1, 0);
        }
        try (DeviceSession session = open(Optional.of(cache))) {
            session.compile("plus.cl", PLUS, true).await();
            assertThat(new int[] {session.compiled(), session.kept()}).containsExactly(0, 1);
        }
        standIn.fail("cuModuleLoadData", INVALID_IMAGE, 0);
        try (DeviceSession session = open(Optional.of(cache))) {
            session.compile("plus.cl", PLUS, true).await();
            assertThat(new int[] {session.compiled(), session.kept()}).containsExactly(1, 0);
        }
        standIn.set("capability", 80);
        try (DeviceSession session = open(Optional.of(cache))) {
            session.compile("plus.cl", PLUS, true).await();
            assertThat(session.compiled()).as("another card's").isEqualTo(1);
        }
    }

    @Test
    void aBufferThatIsNotThereIsANoughtAndTheMemoryMayBeLimited() {
        Wanted little = new Wanted("", OptionalInt.empty(), false, OptionalLong.of(4096));
        try (DeviceSession session = CudaDevices.find(standIn.library(), standIn.library(), Optional.empty())
                .open(little)) {
            String source = PRELUDE
                    + "KERNEL none(float* x, const int x_at, int* y) { if (threadIdx.x == 0) y[0] = x_at + 9; }";
            DeviceMemory memory = ints(session, 1);
            session.compile("none.cl", source, true)
                    .launch("none", new Groups(1, 1, 1), Buffer.NONE, new Lying(memory));
            assertThat(read(session, memory, 1)).containsExactly(9);
            assertThatThrownBy(() -> session.allocate(2000)).isInstanceOf(DeviceFullException.class);
        }
    }
}
