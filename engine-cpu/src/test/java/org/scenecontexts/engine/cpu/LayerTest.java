package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Layers;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.RunningStatistics;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.GradientCheck;
import org.scenecontexts.testkit.Numbers;

/** Layers: their gradients by finite differences, and PyTorch's conventions. */
class LayerTest {

    private final CpuEngine engine = new CpuEngine(2, List.of());
    private final GradientCheck gradients = new GradientCheck(engine);

    @AfterEach
    void end() {
        engine.close();
    }

    private BatchNorm norm(int channels) {
        BatchNorm norm = new BatchNorm(engine, channels, Momentum.ofBatch(0.1));
        Random random = new Random(1);
        for (Parameter parameter : norm.parameters()) {
            parameter.tensor().edit(values -> {
                for (int j = 0; j < channels; j++) {
                    values[j] = (float) (1 + 0.5 * random.nextGaussian());
                }
            });
        }
        return norm;
    }

    /** Adds the layer's parameters to the leaves. */
    private void check(Layer layer, Function<List<Tensor>, Tensor> function, Tensor... inputs) {
        List<Tensor> leaves = new java.util.ArrayList<>(List.of(inputs));
        layer.parameters().forEach(p -> leaves.add(p.tensor()));
        gradients.check(function, leaves.toArray(new Tensor[0]));
    }

    private Tensor input(long seed, int rows, int columns) {
        return gradients.leaf(Numbers.normal(rows * columns, seed, 1, 3), rows, columns);
    }

    @Test
    void gradientOfTheLinearLayer() {
        Linear linear = new Linear(engine, new Random(1), 5, 9, true);
        check(linear, t -> linear.apply(t.getFirst()), input(1, 4, 5));
    }

    @Test
    void gradientOfBatchNormInTraining() {
        BatchNorm norm = norm(9);
        check(norm, t -> norm.apply(t.getFirst()), input(1, 7, 9));
    }

    @Test
    void gradientOfBatchNormWithResidualInTraining() {
        BatchNorm norm = norm(9);
        check(norm, t -> norm.apply(t.get(0), Optional.of(t.get(1)), false), input(1, 7, 9), input(2, 7, 9));
    }

    @Test
    void gradientOfBatchNormWithReluAndResidualInTrainingEqualsThatOfItsParts() {
        compareWithParts(true);
    }

    @Test
    void gradientOfBatchNormWithReluAndResidualInUseEqualsThatOfItsParts() {
        compareWithParts(false);
    }

    private void compareWithParts(boolean training) {
        BatchNorm norm = norm(9);
        norm.training(training);
        for (boolean residual : new boolean[] {false, true}) {
            Tensor x = input(1, 50, 9);
            Tensor r = input(2, 50, 9);
            float[] weights = Numbers.normal(450, 3);
            Tensor fused = norm.apply(x, residual ? Optional.of(r) : Optional.empty(), true);
            float[] fusedValues = fused.toArray();
            fused.backward(engine.wrap(weights.clone(), 50, 9));
            List<float[]> fusedGradients = gradients(norm, x, r);
            Tensor parts = norm.apply(x);
            parts = (residual ? parts.add(r) : parts).relu();
            assertThat(fusedValues).isEqualTo(parts.toArray());
            parts.backward(engine.wrap(weights.clone(), 50, 9));
            List<float[]> partGradients = gradients(norm, x, r);
            for (int i = 0; i < fusedGradients.size(); i++) {
                float[] expected = partGradients.get(i);
                Numbers.assertClose(fusedGradients.get(i), Numbers.doubles(expected, expected.length), 1e-6);
            }
        }
    }

    private static List<float[]> gradients(BatchNorm norm, Tensor... inputs) {
        List<Tensor> leaves = new java.util.ArrayList<>(List.of(inputs));
        norm.parameters().forEach(p -> leaves.add(p.tensor()));
        List<float[]> found = leaves.stream()
                .map(t -> t.grad().map(Tensor::toArray).orElse(new float[0]))
                .toList();
        leaves.forEach(Tensor::clearGrad);
        return found;
    }

    @Test
    void gradientOfBatchNormInUseReachesInputAndResidual() {
        BatchNorm norm = norm(9);
        norm.training(false);
        gradients.check(t -> norm.apply(t.getFirst()), input(1, 7, 9));
        gradients.check(t -> norm.apply(t.get(0), Optional.of(t.get(1)), false), input(1, 7, 9), input(2, 7, 9));
    }

    @Test
    void everyParameterOfAPerceptronGetsAGradient() {
        Layer mlp = Layers.mlp(engine, new Random(3), 4, 6, 1);
        Tensor x = input(5, 8, 4);
        mlp.apply(x).backward(engine.wrap(Numbers.normal(48, 6), 8, 6));
        assertThat(mlp.parameters()).allSatisfy(p -> assertThat(p.grad()).isPresent());
    }

    @Test
    void runningStatisticsFollowPyTorch() {
        BatchNorm norm = new BatchNorm(engine, 1, Momentum.ofBatch(0.1));
        RunningStatistics.PUBLISHED.begin(norm);
        norm.apply(engine.wrap(new float[] {1, 2, 3, 6}, 4, 1));
        List<StateEntry> state = norm.state();
        assertThat(state)
                .extracting(StateEntry::name)
                .containsExactly("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
        // Mean 3; biased variance 3.5; the unbiased one, 14 / 3, is tracked.
        assertThat(((StateEntry.Floats) state.get(2)).values()[0]).isCloseTo(0.3f, within(1e-7f));
        assertThat(((StateEntry.Floats) state.get(3)).values()[0]).isCloseTo(0.9f + 0.1f * 14 / 3, within(1e-6f));
        assertThat(((StateEntry.Whole) state.get(4)).counter().get()).isEqualTo(1);
    }

    @Test
    void theOppositeMomentumConventionIsOneMinus() {
        assertThat(Momentum.ofPast(0.98).batchWeight()).isCloseTo(0.02, within(1e-12));
    }

    @Test
    void batchNormNormalizesWithTheBiasedVariance() {
        BatchNorm norm = new BatchNorm(engine, 1, Momentum.ofBatch(0.1));
        Tensor y = norm.apply(engine.wrap(new float[] {1, 2, 3, 6}, 4, 1));
        assertThat(y.toArray()[3]).isCloseTo((float) (3 / Math.sqrt(3.5 + 1e-5)), within(1e-6f));
    }

    @Test
    void useDoesNotChangeRunningStatistics() {
        BatchNorm norm = norm(3);
        norm.training(false);
        Tensor y = norm.apply(engine.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        assertThat(((StateEntry.Whole) norm.state().get(4)).counter().get()).isZero();
        float[] weight = norm.parameters().get(0).tensor().toArray();
        float[] bias = norm.parameters().get(1).tensor().toArray();
        assertThat(y.toArray()[5]).isCloseTo((float) (6 * weight[2] / Math.sqrt(1 + 1e-5) + bias[2]), within(1e-5f));
    }

    @Test
    void batchNormCannotTrainOnOneRow() {
        BatchNorm norm = norm(3);
        assertThatThrownBy(() -> norm.apply(engine.wrap(new float[3], 1, 3)))
                .hasMessageContaining("at least 2 rows")
                .hasMessageContaining("larger batch");
    }

    @Test
    void linearHasPyTorchsLayoutAndBounds() {
        Linear linear = new Linear(engine, new Random(4), 16, 5, true);
        Tensor weight = linear.namedParameters().get("weight").tensor();
        assertThat(weight.shape()).containsExactly(5, 16);
        for (float w : weight.toArray()) {
            assertThat(Math.abs(w)).isLessThanOrEqualTo(0.25f);
        }
        float[] x = Numbers.normal(16, 5);
        double expected = linear.namedParameters().get("bias").tensor().toArray()[2];
        for (int i = 0; i < 16; i++) {
            expected += (double) x[i] * weight.toArray()[2 * 16 + i];
        }
        assertThat((double) linear.apply(engine.wrap(x, 1, 16)).toArray()[2]).isCloseTo(expected, within(1e-6));
    }
}
