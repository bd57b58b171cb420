package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.GradientCheck;
import org.scenecontexts.testkit.Numbers;

/** Gradients of all operators on tensors, by finite differences. */
class TensorGradientTest {

    private final CpuEngine engine = new CpuEngine(2, List.of());
    private final GradientCheck gradients = new GradientCheck(engine);

    @AfterEach
    void end() {
        engine.close();
    }

    @Test
    void matrixProduct() {
        gradients.check(t -> t.get(0).matmul(t.get(1)), gradients.leaf(1, 5, 3), gradients.leaf(2, 3, 7));
    }

    @Test
    void matrixProductWithTranspose() {
        gradients.check(t -> t.get(0).matmulTransposed(t.get(1)), gradients.leaf(1, 5, 3), gradients.leaf(2, 7, 3));
    }

    @Test
    void sumDifferenceAndProduct() {
        Tensor a = gradients.leaf(1, 4, 5);
        Tensor b = gradients.leaf(2, 4, 5);
        gradients.check(t -> t.get(0).add(t.get(1)), a, b);
        gradients.check(t -> t.get(0).subtract(t.get(1)), a, b);
        gradients.check(t -> t.get(0).multiply(t.get(1)), a, b);
    }

    @Test
    void operatorsOnATensorAndItself() {
        Tensor a = gradients.leaf(1, 4, 5);
        gradients.check(t -> t.get(0).add(t.get(0)), a);
        gradients.check(t -> t.get(0).subtract(t.get(0)), a);
        gradients.check(t -> t.get(0).multiply(t.get(0)), a);
        gradients.check(t -> t.get(0).matmulTransposed(t.get(0)), a);
        gradients.check(t -> Tensor.concat(t.get(0), t.get(0)), a);
    }

    @Test
    void sumWithARow() {
        gradients.check(t -> t.get(0).add(t.get(1)), gradients.leaf(1, 4, 5), gradients.leaf(2, 5));
    }

    @Test
    void onlyOneInputWantsAGradient() {
        Tensor constant = engine.wrap(Numbers.normal(20, 3), 4, 5);
        Tensor row = engine.wrap(Numbers.normal(5, 3), 5);
        Tensor a = gradients.leaf(1, 4, 5);
        gradients.check(t -> t.get(0).add(constant), a);
        gradients.check(t -> constant.add(t.get(0)), a);
        gradients.check(t -> t.get(0).subtract(constant), a);
        gradients.check(t -> constant.subtract(t.get(0)), a);
        gradients.check(t -> t.get(0).multiply(constant), a);
        gradients.check(t -> t.get(0).add(row), a);
        gradients.check(t -> constant.add(t.get(0)), gradients.leaf(2, 5));
        gradients.check(t -> constant.matmulTransposed(t.get(0)), a);
        assertThat(constant.grad()).isEmpty();
    }

    @Test
    void scalingSumAndMean() {
        Tensor a = gradients.leaf(1, 4, 5);
        gradients.check(t -> t.get(0).scale(-2.5), a);
        gradients.check(t -> t.get(0).sum(), a);
        gradients.check(t -> t.get(0).mean(), a);
    }

    @Test
    void reluAwayFromItsKink() {
        gradients.check(t -> t.get(0).relu(), gradients.leaf(new float[] {-2, -1, -0.5f, 0.5f, 1, 2}, 2, 3));
    }

    @Test
    void rowsNormalized() {
        gradients.check(t -> t.get(0).normalizeRows(), gradients.leaf(1, 6, 9));
    }

    @Test
    void rowsGatheredAddUpWhereTheyRepeat() {
        int[] index = {3, 0, 3, 3, 1};
        gradients.check(t -> t.get(0).gatherRows(index), gradients.leaf(1, 5, 3));
    }

    @Test
    void groupMaximumAwayFromTies() {
        float[] values = new float[3 * 4 * 9];
        int[] order = new java.util.Random(5)
                .ints(0, values.length)
                .distinct()
                .limit(values.length)
                .toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.1f * order[i];
        }
        gradients.check(t -> t.get(0).groupMax(4), gradients.leaf(values, 12, 9));
    }

    @Test
    void columnsTakenAndPutSideBySide() {
        gradients.check(t -> t.get(0).columns(2, 3), gradients.leaf(1, 4, 7));
        gradients.check(
                t -> Tensor.concat(t.get(0), t.get(1), t.get(2)),
                gradients.leaf(1, 4, 7),
                gradients.leaf(2, 4, 1),
                gradients.leaf(3, 4, 10));
    }

    @Test
    void crossEntropyWithIgnoredRowsSmoothingAndWeights() {
        int[] labels = {0, 3, -1, 8, 3};
        float[] weights = {1, 2, 0.5f, 3, 1, 1, 1, 1, 0.1f};
        Tensor logits = gradients.leaf(1, 5, 9);
        gradients.check(t -> new CrossEntropy(labels, 0, new float[0]).apply(t.get(0)), logits);
        gradients.check(t -> new CrossEntropy(labels, 0.2, new float[0]).apply(t.get(0)), logits);
        gradients.check(t -> new CrossEntropy(labels, 0, weights).apply(t.get(0)), logits);
        gradients.check(t -> new CrossEntropy(labels, 0.2, weights).apply(t.get(0)), logits);
    }

    @Test
    void crossEntropyIsTheWeightedMeanOverLabelledRows() {
        Tensor logits = engine.wrap(new float[] {1, 2, 3, 0, 0, 0, 5, 5, 5}, 3, 3);
        double first = Math.log(Math.exp(-2) + Math.exp(-1) + 1);
        float plain = new CrossEntropy(new int[] {2, 0, -1}, 0, new float[0])
                .apply(logits)
                .item();
        assertThat(plain).isEqualTo((float) ((first + Math.log(3)) / 2));
        float weighted = new CrossEntropy(new int[] {2, 0, -1}, 0, new float[] {3, 1, 1})
                .apply(logits)
                .item();
        assertThat(weighted).isEqualTo((float) ((first + 3 * Math.log(3)) / 4));
    }

    @Test
    void aBatchWithoutLabelsHasNoLossAndNoGradient() {
        Tensor logits = gradients.leaf(1, 3, 4);
        Tensor loss = new CrossEntropy(new int[] {-1, -1, -1}, 0, new float[0]).apply(logits);
        assertThat(loss.item()).isZero();
        loss.backward();
        assertThat(logits.grad().orElseThrow().toArray()).containsOnly(0);
    }

    @Test
    void aLabelOutsideTheClassesIsRefused() {
        Tensor logits = gradients.leaf(1, 3, 4);
        assertThatThrownBy(() -> new CrossEntropy(new int[] {0, 4, 0}, 0, new float[0]).apply(logits))
                .hasMessageContaining("label 4 in row 1");
    }

    @Test
    void aResultUsedOftenGathersAllItsGradients() {
        gradients.check(
                t -> {
                    Tensor h = t.get(0).matmul(t.get(1));
                    Tensor a = h.scale(2).multiply(h);
                    Tensor b = h.columns(0, 2).gatherRows(new int[] {0, 2, 2, 1, 0});
                    return Tensor.concat(a, b, h).sum().add(h.mean());
                },
                gradients.leaf(1, 5, 3),
                gradients.leaf(2, 3, 4));
    }

    @Test
    void gradientsOfTwoBackwardPassesAddUp() {
        Tensor a = gradients.leaf(1, 2, 3);
        a.sum().backward();
        a.scale(3).sum().backward();
        assertThat(a.grad().orElseThrow().toArray()).containsOnly(4);
        a.clearGrad();
        assertThat(a.grad()).isEmpty();
    }

    @Test
    void nothingIsRecordedWithoutGradients() {
        Tensor a = gradients.leaf(1, 2, 3);
        try (var scope = engine.noGrad()) {
            Tensor sum = a.sum();
            assertThat(sum.requiresGrad()).isFalse();
            assertThatThrownBy(sum::backward).hasMessageContaining("noGrad()");
        }
        assertThat(a.sum().requiresGrad()).isTrue();
    }
}
