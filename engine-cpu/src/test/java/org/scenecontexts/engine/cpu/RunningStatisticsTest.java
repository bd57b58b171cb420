package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.Recomputed;
import org.scenecontexts.api.nn.Relu;
import org.scenecontexts.api.nn.RunningStatistics;
import org.scenecontexts.api.nn.Sequential;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.Numbers;

/** What evaluation knows about the batches of a training. */
class RunningStatisticsTest {

    private static final float[] FIRST = {1, 2, 3, 6};
    private static final float[] SECOND = {-1, 0, 5, 0};

    private final CpuEngine engine = new CpuEngine(2, List.of());

    @AfterEach
    void end() {
        engine.close();
    }

    private BatchNorm norm(double momentum) {
        return new BatchNorm(engine, 1, Momentum.ofBatch(momentum));
    }

    private void train(BatchNorm norm, float... batch) {
        norm.apply(engine.wrap(batch, batch.length, 1));
    }

    private static float mean(BatchNorm norm) {
        return ((StateEntry.Floats) norm.state().get(2)).values()[0];
    }

    private static float variance(BatchNorm norm) {
        return ((StateEntry.Floats) norm.state().get(3)).values()[0];
    }

    @Test
    void ofOneBatchAreThoseOfTheBatch() {
        BatchNorm norm = norm(0.02);
        train(norm, FIRST);
        assertThat(mean(norm)).isEqualTo(3);
        // The unbiased variance, 14 / 3.
        assertThat(variance(norm)).isCloseTo(14f / 3, within(1e-6f));
    }

    @Test
    void ofSeveralBatchesAreMeansWeighedByMomentumAlsoWhereThatChanges() {
        BatchNorm norm = norm(0.5);
        train(norm, FIRST);
        norm.momentum(Momentum.ofBatch(0.1));
        train(norm, SECOND);
        // The first batch weighs 0.5 * 0.9, the second 0.1; their means are 3 and 1, their variances 14 / 3 and 22 / 3.
        assertThat(mean(norm)).isCloseTo((float) ((0.45 * 3 + 0.1) / 0.55), within(1e-6f));
        assertThat(variance(norm)).isCloseTo((float) ((0.45 * 14 / 3 + 0.1 * 22 / 3) / 0.55), within(1e-5f));
        assertThat(norm.startShare()).isCloseTo(0.45, within(1e-15));
    }

    @Test
    void areTheWeighedMeanOfAllBatchesWithoutTheStart() {
        BatchNorm unbiased = norm(0.02);
        BatchNorm published = norm(0.02);
        published.startShare(0);
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            float[] batch = {random.nextFloat(), random.nextFloat() + 2, random.nextFloat()};
            train(unbiased, batch);
            train(published, batch);
        }
        double start = Math.pow(0.98, 40);
        assertThat(unbiased.startShare()).isCloseTo(start, within(1e-14));
        // Single precision, 40 roundings of values near 1.
        assertThat(mean(unbiased)).isCloseTo((float) (mean(published) / (1 - start)), within(40 * 0x1p-24f));
        assertThat(variance(unbiased))
                .isCloseTo((float) ((variance(published) - start) / (1 - start)), within(4 * 40 * 0x1p-24f));
    }

    @Test
    void keepTheDigitsOfVariancesFarBelowTheStart() {
        BatchNorm norm = norm(0.02);
        for (int i = 0; i < 5; i++) {
            train(norm, 0, 1e-5f);
        }
        assertThat((double) variance(norm)).isCloseTo(5e-11, within(5e-11 * 1e-5));
    }

    @Test
    void stayAsTheyAreWithoutMomentum() {
        BatchNorm norm = norm(0);
        train(norm, FIRST);
        assertThat(mean(norm)).isZero();
        assertThat(variance(norm)).isEqualTo(1);
        assertThat(norm.startShare()).isEqualTo(1);
    }

    @Test
    void takeTheNewestBatchWholeWithFullOrVanishingMomentum() {
        for (double momentum : new double[] {1, 1e-20}) {
            BatchNorm norm = norm(momentum);
            train(norm, FIRST);
            assertThat(mean(norm)).as("momentum %s", momentum).isEqualTo(3);
        }
    }

    @Test
    void goOnFromTheStartAsPyTorchDoesWhereNothingIsDividedOut() {
        BatchNorm norm = norm(0.1);
        RunningStatistics.PUBLISHED.begin(norm);
        train(norm, FIRST);
        assertThat(mean(norm)).isCloseTo(0.3f, within(1e-7f));
        assertThat(variance(norm)).isCloseTo(0.9f + 0.1f * 14 / 3, within(1e-6f));
    }

    @Test
    void countABatchOnceThoughItIsComputedTwice() {
        BatchNorm kept = norm(0.1);
        BatchNorm repeated = norm(0.1);
        for (float[] batch : List.of(FIRST, SECOND)) {
            kept.apply(engine.wrap(batch, 4, 1).requireGrad()).sum().backward();
            Recomputed.apply(
                            repeated,
                            x -> repeated.apply(x.getFirst()),
                            engine.wrap(batch, 4, 1).requireGrad())
                    .sum()
                    .backward();
        }
        assertThat(repeated.startShare()).isEqualTo(kept.startShare()).isEqualTo(0.9 * 0.9);
        assertThat(mean(repeated)).isEqualTo(mean(kept));
    }

    @Test
    void beginAndGoOnInEveryNormOfANetwork() {
        Sequential network = new Sequential(List.of(norm(0.5), new Sequential(List.of(norm(0.1)))));
        RunningStatistics.UNBIASED.begin(network);
        network.apply(engine.wrap(FIRST, 4, 1));
        Map<String, Double> left = RunningStatistics.startShares(network);
        assertThat(left).containsExactly(Map.entry("0", 0.5), Map.entry("1.0", 0.9));

        RunningStatistics.PUBLISHED.begin(network);
        assertThat(RunningStatistics.startShares(network)).containsOnly(Map.entry("0", 0.0), Map.entry("1.0", 0.0));
        RunningStatistics.startShares(network, Map.of("0", 0.5));
        assertThat(RunningStatistics.startShares(network)).containsOnly(Map.entry("0", 0.5), Map.entry("1.0", 0.0));
    }

    @Test
    void refuseAShareThatIsNone() {
        BatchNorm norm = norm(0.1);
        assertThatThrownBy(() -> norm.startShare(1.5)).hasMessageContaining("between 0 and 1, found 1.5");
        assertThatThrownBy(() -> norm.startShare(Double.NaN)).hasMessageContaining("NaN");
    }

    /** IoU of the rarer of two classes after 20 steps: while training, and in use. */
    private double[] overlaps(RunningStatistics statistics) {
        int rows = 400;
        float[] values = Numbers.normal(rows * 2, 5);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % 10 == 0 ? 1 : 0;
            // Far from variance 1, as the inner values of a network can be.
            values[2 * i] = 0.01f * (values[2 * i] + 6 * labels[i]);
            values[2 * i + 1] = 0.01f * values[2 * i + 1];
        }
        Random random = new Random(1);
        Layer network = new Sequential(List.of(
                new Linear(engine, random, 2, 8, false),
                new BatchNorm(engine, 8, Momentum.ofBatch(0.02)),
                new Relu(),
                new Linear(engine, random, 8, 2, true)));
        statistics.begin(network);
        for (int step = 0; step < 20; step++) {
            Tensor x = engine.wrap(values, rows, 2);
            new CrossEntropy(labels, 0, new float[0]).apply(network.apply(x)).backward();
            network.parameters().forEach(parameter -> {
                float[] gradient = parameter.grad().orElseThrow().toArray();
                parameter.tensor().edit(weights -> {
                    for (int i = 0; i < gradient.length; i++) {
                        weights[i] -= 0.1f * gradient[i];
                    }
                });
                parameter.tensor().clearGrad();
            });
        }
        double training = overlap(network.apply(engine.wrap(values, rows, 2)), labels);
        network.training(false);
        return new double[] {training, overlap(network.apply(engine.wrap(values, rows, 2)), labels)};
    }

    private static double overlap(Tensor scores, int[] labels) {
        float[] s = scores.toArray();
        int both = 0;
        int either = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean said = s[2 * i + 1] > s[2 * i];
            both += said && labels[i] == 1 ? 1 : 0;
            either += said || labels[i] == 1 ? 1 : 0;
        }
        return (double) both / either;
    }

    @Test
    void letANetworkOfFewIterationsBeUsedAsWellAsItWasTrained() {
        double[] unbiased = overlaps(RunningStatistics.UNBIASED);
        assertThat(unbiased[0]).as("in training").isGreaterThan(0.95);
        assertThat(unbiased[1]).as("in use").isGreaterThanOrEqualTo(unbiased[0] - 0.02);
        // What the published statistics make of the same network: two thirds of their variance is the starting value's,
        // and
        // the rarer class is never named.
        assertThat(overlaps(RunningStatistics.PUBLISHED)).containsExactly(unbiased[0], 0);
    }
}
