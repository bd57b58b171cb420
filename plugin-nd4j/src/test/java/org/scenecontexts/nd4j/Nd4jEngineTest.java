package org.scenecontexts.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.BorrowedKernels;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Repeatability;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.LossKernels;
import org.scenecontexts.pointnet2.kernel.CpuPointKernels;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.testing.LogLines;

/** What buffers, the pool and checked indices of ND4J promise. */
class Nd4jEngineTest {

    private static final float[] NUMBERS = {1, 2, 3, 4, 5, 6, 7, 8};

    private static Nd4jEngine engine;

    @BeforeAll
    static void open() {
        engine = Nd4jEngines.open(1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void operationsOnASliceTouchNothingElse() {
        Buffer all = engine.bufferOf(NUMBERS.clone());
        Buffer slice = all.slice(2, 5).slice(1, 3);
        engine.dense().scale(3, 10, slice, slice);
        assertThat(all.toArray(8)).containsExactly(1, 2, 3, 40, 50, 60, 7, 8);
        assertThatThrownBy(() -> engine.dense().fill(4, 1, slice)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anArrayIsRefusedWithTheDevice() {
        assertThatThrownBy(() -> engine.bufferOf(NUMBERS).array())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("nd4j");
    }

    @Test
    void aBufferOfAnotherDeviceIsRefused() {
        Buffer out = engine.bufferOf(new float[1]);
        assertThatThrownBy(() -> engine.dense().copy(1, HeapBuffer.of(new float[1]), out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of device 'cpu'");
    }

    @Test
    void whatIsGivenBackIsLentAgainAndOneGivenBackTwiceIsFound() {
        Buffer first = engine.buffers().take(1000);
        engine.buffers().give(first);
        Buffer second = engine.buffers().take(1000);
        assertThat(second.memory()).isSameAs(first.memory());
        assertThatThrownBy(() -> engine.buffers().give(second.slice(1, 5)))
                .isInstanceOf(IllegalArgumentException.class);
        engine.buffers().give(second);
        assertThatThrownBy(() -> engine.buffers().give(second))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("given back twice");
    }

    /** Unchecked, each of these ends the JVM or changes foreign memory. */
    @Test
    void rowsThatDoNotExistBecomeExceptions() {
        Buffer four = engine.bufferOf(NUMBERS.clone());
        Buffer out = engine.bufferOf(new float[8]);
        Indices beyond = engine.indices(new int[] {0, 7}, 8);
        Indices none = engine.labels(new int[] {0, -1}, 4);
        Indices written = engine.buffers().takeIndices(2, 1 << 30);
        written.copyIn(0, new int[] {1, 1 << 29}, 0, 2);
        for (Indices bad : new Indices[] {beyond, none, written}) {
            assertThatThrownBy(() -> engine.dense().gatherRows(2, 2, four, bad, out))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("index[1]")
                    .hasMessageContaining("0 to 3");
            assertThatThrownBy(() -> engine.dense().scatterAddRows(2, 2, out, bad, 4, four))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("index[1]");
            assertThatThrownBy(() -> engine.dense().groupMaxBackward(1, 4, 2, four, bad, out))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(four.toArray(8)).containsExactly(NUMBERS);
        written.release();
    }

    /** Loops on ND4J's memory end where their buffers do. */
    @Test
    void classesAndGroupsThatDoNotExistBecomeExceptions() {
        Buffer four = engine.bufferOf(NUMBERS.clone());
        Buffer out = engine.bufferOf(new float[8]);
        Buffer few = engine.bufferOf(new float[2]);
        Indices third = engine.labels(new int[] {0, 1, 2, -1}, 3);
        LossKernels losses = engine.kernel(LossKernels.class);
        GroupKernels groups = engine.kernel(GroupKernels.class);
        Groups beyond = new Groups.Ragged(engine.indices(new int[] {0, 2, 9}, 10));
        Indices winners = engine.indices(new int[] {0, 900}, 1000);
        List<ThrowingCallable> bad = List.of(
                () -> engine.dense().crossEntropy(4, 2, four, third, 0, Buffer.NONE, out, few.slice(0, 1), few),
                () -> losses.focal(4, 2, 2, four, third, Buffer.NONE, out, few.slice(0, 1), few),
                () -> losses.lovasz(4, 2, four, third, out, few),
                () -> groups.sum(beyond, 2, false, four, out, false),
                () -> groups.spread(beyond, 2, false, four, out),
                () -> groups.maxGradient(new Groups.Equal(1, 4), 2, four, winners, out));
        for (ThrowingCallable call : bad) {
            assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(four.toArray(8)).containsExactly(NUMBERS);
    }

    @Test
    void moreRowsThanThereAreIndicesForAreRefused() {
        Indices two = engine.indices(new int[] {0, 1}, 4);
        Buffer out = engine.bufferOf(new float[8]);
        assertThatThrownBy(() -> engine.dense().gatherRows(3, 2, engine.bufferOf(NUMBERS), two, out))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> engine.dense().gatherRows(2, 8, engine.bufferOf(NUMBERS), two, out))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** What composed kernels leave to the processor is no lack; what is borrowed whole copies everything, and is said. */
    @Test
    void onlyKernelsThatAreBorrowedWholeAreSaidToBeMissing() {
        try (LogLines said = LogLines.of(BorrowedKernels.class);
                Nd4jEngine composed = Nd4jEngines.open(1, Nd4jEngines.plugins());
                Nd4jEngine bare = Nd4jEngines.open(1, List.of(new CpuPointKernels()))) {
            composed.kernel(PointKernels.class);
            assertThat(said.all()).isEmpty();
            bare.kernel(PointKernels.class);
            assertThat(said.all())
                    .singleElement()
                    .asString()
                    .contains("'nd4j' has no PointKernels: the processor's are used");
        }
    }

    @Test
    void theNativeBackendPromisesTheSameBitsOnTheSameThreads() {
        assertThat(engine.repeatability()).isEqualTo(Repeatability.SAME_BITS);
    }
}
