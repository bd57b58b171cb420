package org.scenecontexts.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.engine.cpu.CpuEngine;

/** Counted work is what one counts by hand, and observing changes nothing. */
class WorkCountingTest {

    private final CpuEngine plain = new CpuEngine(1, List.of());
    private final WorkCounter counter = new WorkCounter();
    private final TensorEngine engine = ObservedEngine.of(plain, counter);

    @AfterEach
    void close() {
        plain.close();
    }

    @Test
    void aProductCountsTwoOperationsPerMultiplyAdd() {
        Tensor a = engine.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Tensor b = engine.wrap(new float[12], 3, 4);
        a.matmul(b);
        assertThat(counter.work()).isEqualTo(new Work(2 * 2 * 3 * 4, 4 * (6 + 12 + 8), 0));
    }

    private static Buffer of(int length) {
        return HeapBuffer.of(new float[length]);
    }

    @Test
    void elementwiseWorkMovesEveryArrayOnce() {
        DenseKernels dense = engine.dense();
        dense.add(10, of(16), of(10), of(12));
        assertThat(counter.work()).isEqualTo(new Work(0, 4 * 30, 0));
    }

    @Test
    void anOptimizerReadsAndWritesParametersAndMomentum() {
        engine.dense().sgdStep(7, of(7), of(7), of(7), of(4), Buffer.NONE, 0);
        assertThat(counter.work().bytes()).isEqualTo(5 * 7 * 4 + 4 * 4);
    }

    @Test
    void tensorsOfAnObservedEngineBelongToIt() {
        assertThat(engine.zeros(3, 2).engine()).isSameAs(engine);
        assertThat(engine.wrap(new float[2], 2, 1).add(engine.zeros(2, 1)).engine())
                .isSameAs(engine);
    }

    @Test
    void whatIsObservedComputesTheSame() {
        float[] x = EngineWorkloads.random(64 * 32);
        float[] w = EngineWorkloads.random(32 * 16);
        float[] observed =
                engine.wrap(x, 64, 32).matmul(engine.wrap(w, 32, 16)).relu().toArray();
        float[] direct =
                plain.wrap(x, 64, 32).matmul(plain.wrap(w, 32, 16)).relu().toArray();
        assertThat(observed).isEqualTo(direct);
    }

    @Test
    void scopesAndFailuresPassThrough() {
        try (var scope = engine.noGrad()) {
            assertThat(plain.recording()).isFalse();
        }
        assertThat(engine.recording()).isTrue();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> engine.kernel(Runnable.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Runnable");
    }
}
