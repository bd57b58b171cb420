package org.scenecontexts.resident.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.DeviceFullException;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.SessionProgram;
import org.scenecontexts.resident.device.Wanted;
import org.scenecontexts.testing.CudaStandIn;

/** Sequences of kernels that repeat become graphs, and mean the same, on the stand-in. */
class CudaGraphsTest {

    private static final int OUT_OF_MEMORY = 2;
    private static final int INVALID_VALUE = 1;
    private static final int LAUNCH_FAILED = 719;
    private static final int STEP = 6;

    private static final String SOURCE = """
            #define KERNEL extern "C" __global__ void __launch_bounds__(64)
            KERNEL plus(int* x, const int by) { x[blockIdx.x] = x[blockIdx.x] * 3 + by; }
            KERNEL times(int* x, const int by) { x[blockIdx.x] = x[blockIdx.x] * by + 1; }
            KERNEL behind(int* x, const int by) { if (threadIdx.x == 0) x[by] = 1; }
            """;

    private CudaStandIn standIn;

    @BeforeEach
    void make() {
        standIn = CudaStandIn.make();
    }

    private DeviceSession open(boolean graphs) {
        DeviceSession session = CudaDevices.find(standIn.library(), standIn.library(), Optional.empty())
                .open(Wanted.named(""));
        if (graphs) {
            session.useGraphs();
        }
        return session;
    }

    /** A piece of memory as the engine's indices are. */
    private record Lying(DeviceMemory memory) implements SessionProgram.Lying {}

    private static int[] read(DeviceSession session, DeviceMemory memory) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(ValueLayout.JAVA_INT, memory.elements());
            session.read(memory, 0, values, memory.elements());
            return values.toArray(ValueLayout.JAVA_INT);
        }
    }

    private static DeviceMemory zeros(DeviceSession session) {
        DeviceMemory memory = session.allocate(4);
        session.fill(memory, 0);
        return memory;
    }

    private static SessionProgram program(DeviceSession session) {
        return session.compile("steps.cl", SOURCE, true);
    }

    private static void launch(SessionProgram program, String kernel, DeviceMemory memory, int groups, int by) {
        program.launch(kernel, new Groups(groups, 1, 1, 1), new Lying(memory), by);
    }

    /** Kernels whose order matters. */
    private static void step(SessionProgram program, DeviceMemory memory, int groups, int by) {
        for (int i = 0; i < STEP / 2; i++) {
            launch(program, "plus", memory, groups, by + i);
            launch(program, "times", memory, groups, 2);
        }
    }

    private int[] training(boolean graphs) {
        try (DeviceSession session = open(graphs)) {
            SessionProgram program = program(session);
            DeviceMemory memory = zeros(session);
            for (int i = 0; i < 5; i++) {
                step(program, memory, 1 + i % 4, i);
                session.write(memory, 0, MemorySegment.ofArray(new int[] {i}), 1);
                step(program, memory, 4, -i);
                session.finish();
            }
            assertThat(session.launchesInGraphs() > 0).isEqualTo(graphs);
            return read(session, memory);
        }
    }

    @Test
    void numbersAreTheSameWithGraphsAndWithout() {
        assertThat(training(true)).isEqualTo(training(false));
    }

    @Test
    void aStepThatRepeatsIsOneGraphFromItsSecondTimeOn() {
        try (DeviceSession session = open(true)) {
            SessionProgram program = program(session);
            DeviceMemory memory = zeros(session);
            for (int i = 0; i < 4; i++) {
                step(program, memory, 4, 1);
                session.finish();
                assertThat(session.launchesInGraphs()).isEqualTo((long) STEP * i);
            }
            assertThat(session.graphs()).isEqualTo(1);
            assertThat(session.launches()).isEqualTo(4 * STEP);
        }
    }

    @Test
    void otherSizesArgumentsAndMemoryAreToldToTheSameGraph() {
        try (DeviceSession session = open(true)) {
            SessionProgram program = program(session);
            DeviceMemory first = zeros(session);
            DeviceMemory other = zeros(session);
            for (int i = 0; i < 3; i++) {
                step(program, first, 4, 1);
                session.finish();
            }
            int[] before = read(session, first);
            step(program, other, 2, 5);
            int[] found = read(session, other);
            // ((((5 * 2 + 1) * 3 + 6) * 2 + 1) * 3 + 7) * 2 + 1, in two groups of four.
            assertThat(found).containsExactly(489, 489, 0, 0);
            assertThat(read(session, first)).isEqualTo(before);
            assertThat(session.graphs()).isEqualTo(1);
        }
    }

    @Test
    void anotherOrderOfKernelsIsAnotherGraph() {
        try (DeviceSession session = open(true)) {
            SessionProgram program = program(session);
            DeviceMemory memory = zeros(session);
            for (int i = 0; i < 2; i++) {
                step(program, memory, 4, 1);
                session.finish();
                launch(program, "times", memory, 4, 2);
                step(program, memory, 4, 1);
                session.finish();
            }
            assertThat(session.graphs()).isEqualTo(2);
        }
    }

    @Test
    void shortSequencesAreLaunchedOneByOne() {
        try (DeviceSession session = open(true)) {
            SessionProgram program = program(session);
            DeviceMemory memory = zeros(session);
            for (int i = 0; i < 3; i++) {
                launch(program, "plus", memory, 4, 1);
                session.finish();
            }
            assertThat(session.graphs()).isZero();
            assertThat(read(session, memory)).containsOnly(13);
        }
    }

    @Test
    void graphsAreBoundedAndGivenBackWithTheSession() {
        DeviceSession session = open(true);
        SessionProgram program = program(session);
        DeviceMemory memory = zeros(session);
        for (int i = 0; i < CudaGraphs.MOST_KEPT + 5; i++) {
            for (int twice = 0; twice < 2; twice++) {
                for (int bit = 0; bit < 8; bit++) {
                    launch(program, (i >> bit & 1) == 0 ? "plus" : "times", memory, 1, 1);
                }
                session.finish();
            }
        }
        assertThat(session.graphs()).isEqualTo(CudaGraphs.MOST_KEPT + 5);
        assertThat(standIn.get("graphs")).isEqualTo(CudaGraphs.MOST_KEPT);
        assertThat(standIn.get("executables")).isEqualTo(CudaGraphs.MOST_KEPT);
        step(program, memory, 1, 1);
        session.close();
        for (String what : new String[] {"graphs", "executables", "allocations", "streams", "retained"}) {
            assertThat(standIn.get(what)).as(what).isZero();
        }
    }

    @Test
    void memoryIsGivenBackAfterTheKernelsThatWereAskedForBefore() {
        try (DeviceSession session = open(true)) {
            SessionProgram program = program(session);
            DeviceMemory memory = zeros(session);
            DeviceMemory freed = zeros(session);
            step(program, freed, 4, 1);
            standIn.fail("cuLaunchKernel", INVALID_VALUE, 0);
            freed.free();
            assertThatThrownBy(() -> read(session, memory))
                    .as("what failed meanwhile is told to the next")
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the kernel 'plus' (or what was asked for before) failed");
            assertThat(read(session, memory)).containsOnly(0);
        }
    }

    @Test
    void aKernelThatFailsInAGraphIsTold() {
        DeviceSession session = open(true);
        SessionProgram program = program(session);
        DeviceMemory memory = zeros(session);
        for (int at : new int[] {0, 0, 4}) {
            for (int i = 0; i < STEP; i++) {
                launch(program, "behind", memory, 1, at);
            }
            if (at == 0) {
                session.finish();
            }
        }
        assertThatThrownBy(() -> read(session, memory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS (700)");
        standIn.mend();
        session.close();
    }

    @Test
    void whatTheDriverRefusesOfAGraphNamesIt() {
        try (DeviceSession session = open(true)) {
            SessionProgram program = program(session);
            DeviceMemory memory = zeros(session);
            step(program, memory, 4, 1);
            session.finish();
            step(program, memory, 4, 1);
            standIn.fail("cuGraphInstantiateWithFlags", OUT_OF_MEMORY, 0);
            assertThatThrownBy(session::finish)
                    .isInstanceOf(DeviceFullException.class)
                    .hasMessageContaining("making a graph of 6 kernels, from 'plus' to 'times'");
            assertThat(standIn.get("graphs")).isZero();
            for (int i = 0; i < 2; i++) {
                step(program, memory, 4, 1);
                session.finish();
            }
            step(program, memory, 4, 1);
            standIn.fail("cuGraphLaunch", LAUNCH_FAILED, 0);
            assertThatThrownBy(session::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a graph of 6 kernels, from 'plus' to 'times'", "CUDA_ERROR_LAUNCH_FAILED");
            step(program, memory, 4, 2);
            standIn.fail("cuGraphExecKernelNodeSetParams_v2", INVALID_VALUE, 0);
            assertThatThrownBy(session::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("changing the kernel 'plus' in a graph of 6 kernels");
            assertThat(standIn.get("executables")).isZero();
        }
    }
}
