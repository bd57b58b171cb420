package org.scenecontexts.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Dropout;
import org.scenecontexts.api.nn.Recomputed;
import org.scenecontexts.api.tensor.Tensor;

/** Which chance dropout has in a training: the same in backward, in a second run of a part, and after a resume. */
public abstract class DropoutConformance {

    private TensorEngine engine;
    private Dropout dropout;

    /** An engine to check, which is closed afterwards. */
    protected abstract TensorEngine engine(int threads);

    @BeforeEach
    void open() {
        engine = engine(2);
        dropout = new Dropout(0.4);
        dropout.training(true);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Tensor ones() {
        float[] values = new float[600];
        Arrays.fill(values, 1);
        return engine.wrap(values, 100, 6).requireGrad();
    }

    @Test
    void theGradientIsZeroWhereTheValueIs() {
        Tensor x = ones();
        Tensor y = dropout.apply(x);
        float[] values = y.toArray();
        y.sum().backward();
        assertThat(x.grad().orElseThrow().toArray()).isEqualTo(values).contains(0f);
    }

    @Test
    void aPartThatIsRunAgainDropsTheSame() {
        engine.draws().begin(5, 17);
        Tensor x = ones();
        Tensor plain = twice(dropout.apply(x)).sum();
        plain.backward();
        float[] expected = x.grad().orElseThrow().toArray();

        engine.draws().begin(5, 17);
        Tensor again = ones();
        Tensor first = dropout.apply(again);
        Tensor remade = Recomputed.apply(dropout, t -> twice(t.getFirst()), first);
        int after = engine.draws().position();
        remade.sum().backward();
        assertThat(again.grad().orElseThrow().toArray()).isEqualTo(expected);
        assertThat(engine.draws().position()).as("numbers taken").isEqualTo(after);
    }

    private Tensor twice(Tensor x) {
        return dropout.apply(dropout.apply(x).scale(2));
    }

    @Test
    void anIterationThatIsRepeatedAfterAResumeHasTheSameChanceAndAnotherHasAnother() {
        engine.draws().begin(5, 17);
        float[] mask = dropout.apply(ones()).toArray();
        float[] next = dropout.apply(ones()).toArray();
        assertThat(next).as("the next operator").isNotEqualTo(mask);
        engine.draws().begin(5, 18);
        assertThat(dropout.apply(ones()).toArray()).as("the next iteration").isNotEqualTo(mask);
        try (TensorEngine other = engine(1)) {
            other.draws().begin(5, 17);
            float[] values = new float[600];
            Arrays.fill(values, 1);
            assertThat(dropout.apply(other.wrap(values, 100, 6)).toArray()).isEqualTo(mask);
        }
    }

    @Test
    void nothingIsDroppedInUse() {
        dropout.training(false);
        Tensor x = ones();
        assertThat(dropout.apply(x)).isSameAs(x);
    }

    @Test
    void aBackwardPassAfterTheNextIterationHasBegunIsRefused() {
        Tensor x = ones();
        Tensor loss = dropout.apply(x).sum();
        engine.draws().begin(0, 1);
        assertThatThrownBy(loss::backward)
                .hasMessageContaining("iteration 1 has begun since the forward pass of iteration 0");
    }

    @Test
    void aProbabilityOutsideZeroToOneIsRefused() {
        assertThatThrownBy(() -> new Dropout(1.5)).hasMessageContaining("found 1.5");
        assertThatThrownBy(() -> ones().dropout(Double.NaN)).hasMessageContaining("found NaN");
    }
}
