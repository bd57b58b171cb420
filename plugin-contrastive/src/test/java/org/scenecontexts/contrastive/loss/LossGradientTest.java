package org.scenecontexts.contrastive.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.contrastive.TestEngines;
import org.scenecontexts.contrastive.partition.AngularBins;
import org.scenecontexts.contrastive.partition.HalfSpaces;
import org.scenecontexts.contrastive.partition.Partitioner;
import org.scenecontexts.testkit.OpaqueEngine;

/** Gradients of all losses against finite differences, and batches with hardly anything in them. */
class LossGradientTest {

    private static final int ROWS = 23;
    private static final int CHANNELS = 5;
    private static final double STEP = 5e-3;

    /** A loss with a name for the test report. */
    record Case(String name, ContrastiveLoss loss) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> losses() {
        return Stream.of(
                new Case("point-info-nce", infoNce(Partitioner.everything(), PointInfoNce.Negatives.BATCH, 15, false)),
                new Case("half-spaces", infoNce(new HalfSpaces(0.1, 0.6), PointInfoNce.Negatives.PAIR, 100, true)),
                new Case(
                        "angular bins",
                        infoNce(new AngularBins(0.1, 0.6, 2, 2), PointInfoNce.Negatives.PAIR, 9, false)),
                new Case("fine bins", infoNce(new AngularBins(0, 0.6, 3, 3), PointInfoNce.Negatives.PAIR, 100, true)),
                new Case(
                        "hardest-contrastive",
                        new HardestContrastive(new HardestContrastiveFactory.Config(12, 7, 0.1, 1.4, 0.7))));
    }

    private static ContrastiveLoss infoNce(
            Partitioner partitioner, PointInfoNce.Negatives negatives, int points, boolean weightInner) {
        return new PointInfoNce(partitioner, negatives, 0.4, points, weightInner);
    }

    private static float[] numbers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.4 * random.nextGaussian());
        }
        return values;
    }

    /** Two pairs; some first points have several matches. */
    private static MatchedViews views(TensorEngine engine, float[] f0, float[] f1, int matches) {
        int[] first = IntStream.range(0, matches).map(i -> i * 2 / 3).toArray();
        int[] second = IntStream.range(0, matches)
                .map(i -> i * 2 / 3 < 10 ? i * 7 % 10 : 10 + i * 5 % 13)
                .toArray();
        return new MatchedViews(
                engine.wrap(f0, ROWS, CHANNELS).requireGrad(),
                engine.wrap(f1, ROWS, CHANNELS).requireGrad(),
                numbers(3 * ROWS, 3),
                new int[] {0, 10, ROWS},
                first,
                second);
    }

    private static double value(TensorEngine engine, ContrastiveLoss loss, float[] f0, float[] f1) {
        return loss.apply(views(engine, f0, f1, 30), new SplittableRandom(8))
                .total()
                .item();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsEqualFiniteDifferences(Case tested) {
        float[] f0 = numbers(ROWS * CHANNELS, 1);
        float[] f1 = numbers(ROWS * CHANNELS, 2);
        try (TensorEngine engine = TestEngines.cpu(2)) {
            MatchedViews views = views(engine, f0.clone(), f1.clone(), 30);
            tested.loss().apply(views, new SplittableRandom(8)).total().backward();
            compare(views.features0(), f0, () -> value(engine, tested.loss(), f0.clone(), f1.clone()));
            compare(views.features1(), f1, () -> value(engine, tested.loss(), f0.clone(), f1.clone()));
        }
    }

    private static List<float[]> lossAndGradients(TensorEngine engine, ContrastiveLoss loss) {
        MatchedViews views = views(engine, numbers(ROWS * CHANNELS, 1), numbers(ROWS * CHANNELS, 2), 30);
        LossResult result = loss.apply(views, new SplittableRandom(8));
        List<float[]> found = new ArrayList<>();
        found.add(result.total().toArray());
        result.figures().values().forEach(figure -> found.add(figure.toArray()));
        result.total().backward();
        found.add(views.features0().grad().orElseThrow().toArray());
        found.add(views.features1().grad().orElseThrow().toArray());
        return found;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossFiguresAndGradientsAreTheSameOnAnEngineWithoutArrays(Case tested) {
        try (TensorEngine cpu = TestEngines.cpu(2);
                TensorEngine opaque = new OpaqueEngine(TestEngines.cpu(2))) {
            List<float[]> expected = lossAndGradients(cpu, tested.loss());
            List<float[]> found = lossAndGradients(opaque, tested.loss());
            assertThat(found).usingRecursiveComparison().isEqualTo(expected);
        }
    }

    private static void compare(Tensor features, float[] values, Supplier<Double> loss) {
        float[] found = features.grad().orElseThrow().toArray();
        double largest = IntStream.range(0, found.length)
                .mapToDouble(i -> Math.abs(found[i]))
                .max()
                .orElseThrow();
        assertThat(largest).as("largest gradient").isGreaterThan(1e-3);
        for (int i = 0; i < values.length; i++) {
            float original = values[i];
            values[i] = (float) (original + STEP);
            double above = loss.get();
            values[i] = (float) (original - STEP);
            double below = loss.get();
            values[i] = original;
            assertThat((double) found[i])
                    .as("entry %d", i)
                    .isCloseTo((above - below) / (2 * STEP), within(0.02 * largest + 1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aBatchWithoutMatchesHasNoLoss(Case tested) {
        try (TensorEngine engine = TestEngines.cpu(1)) {
            LossResult result = tested.loss()
                    .apply(
                            views(engine, numbers(ROWS * CHANNELS, 1), numbers(ROWS * CHANNELS, 2), 0),
                            new SplittableRandom(1));
            assertThat(result.total().item()).isZero();
            assertThat(result.weight()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aSingleMatchGivesAFiniteLossAndGradient(Case tested) {
        try (TensorEngine engine = TestEngines.cpu(1)) {
            MatchedViews views = views(engine, numbers(ROWS * CHANNELS, 1), numbers(ROWS * CHANNELS, 2), 1);
            LossResult result = tested.loss().apply(views, new SplittableRandom(1));
            assertThat(result.total().item()).isFinite();
            result.total().backward();
            views.features0().grad().ifPresent(gradient -> {
                for (float g : gradient.toArray()) {
                    assertThat(g).isFinite();
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void weightInnerCountsTheContextsOfTheInnerShellTwice(boolean weightInner) {
        ContrastiveLoss loss = infoNce(new HalfSpaces(0.1, 0.6), PointInfoNce.Negatives.PAIR, 100, weightInner);
        try (TensorEngine engine = TestEngines.cpu(1)) {
            LossResult result = loss.apply(
                    views(engine, numbers(ROWS * CHANNELS, 1), numbers(ROWS * CHANNELS, 2), 30),
                    new SplittableRandom(8));
            double inner = figure(result, 0) + figure(result, 1);
            double outer = figure(result, 2) + figure(result, 3);
            assertThat(inner).isPositive();
            assertThat((double) result.total().item())
                    .isCloseTo(((weightInner ? 2 : 1) * inner + outer) / 4, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void threadsDoNotChangeTheResult(int threads) {
        float[] f0 = numbers(ROWS * CHANNELS, 1);
        float[] f1 = numbers(ROWS * CHANNELS, 2);
        losses().forEach(tested -> {
            try (TensorEngine one = TestEngines.cpu(1);
                    TensorEngine many = TestEngines.cpu(threads)) {
                assertThat(value(many, tested.loss(), f0.clone(), f1.clone()))
                        .isEqualTo(value(one, tested.loss(), f0.clone(), f1.clone()));
            }
        });
    }

    private static double figure(LossResult result, int context) {
        return result.figures().get("context-" + context).item();
    }
}
