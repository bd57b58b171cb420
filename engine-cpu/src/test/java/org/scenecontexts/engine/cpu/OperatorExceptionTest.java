package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.OperatorException;
import org.scenecontexts.api.tensor.Recompute;
import org.scenecontexts.api.tensor.Tensor;

class OperatorExceptionTest {

    private final CpuEngine engine = new CpuEngine(1, List.of());

    /** Copies its input; fails in the backward pass. */
    private static final class Brittle extends DifferentiableOp {
        private final Supplier<? extends Throwable> failure;

        Brittle(Supplier<? extends Throwable> failure) {
            this.failure = failure;
        }

        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            return engine.wrap(inputs.getFirst().toArray(), inputs.getFirst().shape());
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            switch (failure.get()) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case Throwable other -> throw new AssertionError(other);
            }
        }
    }

    @AfterEach
    void end() {
        engine.close();
    }

    private Tensor leaf() {
        return engine.wrap(new float[6], 2, 3).requireGrad();
    }

    @Test
    void anExceptionInABackwardPassNamesTheOperatorAndKeepsItsCause() {
        IllegalStateException cause = new IllegalStateException("no neighbours");
        Tensor sum = new Brittle(() -> cause).apply(leaf()).sum();
        assertThatExceptionOfType(OperatorException.class)
                .isThrownBy(sum::backward)
                .withMessage("backward pass of the operator 'Brittle' (output Tensor[2, 3]): no neighbours")
                .withCause(cause)
                .satisfies(e -> assertThat(e.operator()).isInstanceOf(Brittle.class));
    }

    @Test
    void aGradientOfAnotherShapeNamesTheOperatorThatMadeIt() {
        DifferentiableOp wrong = new DifferentiableOp() {
            @Override
            public String name() {
                return "Wrong";
            }

            @Override
            protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
                return engine.wrap(new float[1], 1);
            }

            @Override
            protected void backward(Tensor gradient, Gradients inputs) {
                inputs.add(0, gradient);
            }
        };
        assertThatThrownBy(() -> wrong.apply(leaf()).backward())
                .hasMessageContaining("'Wrong'")
                .hasMessageContaining("gives input 0 of shape");
    }

    @Test
    void aMissingClassAndAnEndlessRecursionAreNamedToo() {
        Tensor missing = new Brittle(() -> new NoClassDefFoundError("org/else/Missing"))
                .apply(leaf())
                .sum();
        assertThatThrownBy(missing::backward)
                .hasMessageContaining("'Brittle'")
                .hasMessageContaining("NoClassDefFoundError: org/else/Missing");
        Tensor endless = new Brittle(StackOverflowError::new).apply(leaf()).sum();
        assertThatThrownBy(endless::backward)
                .hasMessageContaining("'Brittle'")
                .hasMessageContaining("StackOverflowError");
    }

    @Test
    void memoryThatRanOutStaysWhatItIs() {
        Tensor sum =
                new Brittle(() -> new OutOfMemoryError("heap")).apply(leaf()).sum();
        assertThatThrownBy(sum::backward).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void insideAPartThatIsRunAgainBothAreNamed() {
        Recompute part = new Recompute(
                (inputs, again) -> new Brittle(() -> new IllegalStateException("no neighbours"))
                        .apply(inputs.getFirst().scale(2)),
                1);
        Tensor sum = part.apply(leaf()).sum();
        assertThatThrownBy(sum::backward)
                .hasMessage("backward pass of the operator 'Brittle' (output Tensor[2, 3]) inside Recompute:"
                        + " no neighbours");
    }
}
