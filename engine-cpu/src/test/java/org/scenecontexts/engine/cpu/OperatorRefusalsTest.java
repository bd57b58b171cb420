package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.OpaqueEngine;

/** What would give silently wrong numbers is refused, with a sentence (shared/cases, "R operators"). */
class OperatorRefusalsTest {

    private final CpuEngine engine = new CpuEngine(1, List.of());

    @AfterEach
    void end() {
        engine.close();
    }

    /** Twice its input; its gradient has whatever shape it is told. */
    private static final class Twice extends DifferentiableOp {
        private final int[] shapeOfGradient;
        private final boolean passes;

        Twice(boolean passes, int... shapeOfGradient) {
            this.passes = passes;
            this.shapeOfGradient = shapeOfGradient;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor y = engine.allocate(shapeOfGradient);
            engine.dense().scale(y.size(), 2, inputs.getFirst().buffer(), y.buffer());
            return y;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            if (passes) {
                inputs.pass(0);
            } else {
                inputs.add(0, gradient.engine().zeros(shapeOfGradient));
            }
        }
    }

    private Tensor leaf() {
        return engine.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).requireGrad();
    }

    @Test
    void anOperatorIsNotAppliedTwice() {
        Twice twice = new Twice(true, 2, 3);
        Tensor x = leaf();
        assertThat(twice.apply(x).toArray()).containsExactly(2, 4, 6, 8, 10, 12);
        assertThatThrownBy(() -> twice.apply(x))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'Twice' was applied a second time")
                .hasMessageContaining("make a new one");
    }

    @Test
    void aGradientOfAnotherShapeIsRefusedWhereItIsAdded() {
        Tensor y = new Twice(false, 3, 2).apply(leaf());
        assertThatThrownBy(() -> y.sum().backward())
                .hasMessageContaining("'Twice' gives input 0 of shape [2, 3] a gradient of shape [3, 2]");
    }

    @Test
    void theGradientOfAnOutputOfAnotherShapeIsNotPassedOn() {
        Tensor y = new Twice(true, 3).apply(leaf());
        assertThatThrownBy(() -> y.sum().backward())
                .hasMessageContaining("'Twice' gives input 0 of shape [2, 3] a gradient of shape [3]");
    }

    @Test
    void aViewKeepsWhatItLooksAt() {
        Tensor base = engine.allocate(2, 3);
        base.set(new float[] {1, 2, 3, 4, 5, 6});
        Tensor view = base.viewAs(6);
        base.release();
        Tensor other = engine.allocate(2, 3);
        other.set(new float[6]);
        assertThat(view.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(other.buffer().startsWith(view.buffer())).isFalse();
        view.release();
        other.release();
        assertThat(engine.buffers().lentBytes()).isZero();
    }

    @Test
    void whatIsGivenBackCanBeFilledWithNotANumberSoThatReadersAreFoundOut() {
        PooledBuffers poisoned = new PooledBuffers(float[]::new, true);
        Buffer buffer = poisoned.take(20);
        assertThat(buffer.toArray(20)).containsOnly(Float.NaN);
        buffer.copyIn(0, new float[20], 0, 20);
        poisoned.give(buffer);
        assertThat(buffer.toArray(20)).containsOnly(Float.NaN);
    }

    @Test
    void testsRunWithPoisonedBuffers() {
        Tensor t = engine.zeros(20);
        Buffer kept = t.buffer();
        t.release();
        assertThat(kept.toArray(20)).containsOnly(Float.NaN);
    }

    @Test
    void anArrayIsRefusedWhereThereIsNoneNamingWhoAskedAndTheDevice() {
        Buffer elsewhere = OpaqueEngine.upload(new float[3]);
        assertThatThrownBy(() -> elsewhere.array())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("OperatorRefusalsTest")
                .hasMessageContaining("device 'opaque'");
    }

    @Test
    void indicesAreCheckedOnceWhenTheyAreMade() {
        assertThatThrownBy(() -> engine.indices(new int[] {0, 3, 4}, 4))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("index[2] = 4")
                .hasMessageContaining("0 to 3");
        assertThatThrownBy(() -> leaf().gatherRows(engine.indices(new int[] {0, 3}, 4)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("2 rows");
    }
}
