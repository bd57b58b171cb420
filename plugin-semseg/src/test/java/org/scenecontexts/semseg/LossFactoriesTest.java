package org.scenecontexts.semseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;

/** The losses that semantic segmentation can name beside cross-entropy. */
class LossFactoriesTest {

    private final TensorEngine engine = new CpuEngine(2, List.of());
    private final List<String> warnings = new ArrayList<>();
    private final ModelContext context = new Context(engine, new long[] {30, 10}, warnings);

    @AfterEach
    void close() {
        engine.close();
    }

    private record Context(TensorEngine engine, long[] labelCounts, List<String> warnings) implements ModelContext {
        @Override
        public SceneClasses classes() {
            return SceneClasses.of(List.of("wall", "chair"));
        }

        @Override
        public int inputChannels() {
            return 3;
        }

        @Override
        public RandomGenerator random() {
            return new Random(1);
        }

        @Override
        public Parallel parallel() {
            return Parallel.sequential();
        }

        @Override
        public Path resolve(Path path) {
            return path.toAbsolutePath();
        }

        @Override
        public void warn(String message) {
            warnings.add(message);
        }
    }

    private double value(ClassificationLoss loss, int... labels) {
        Tensor scores = engine.wrap(new float[] {0, (float) Math.log(3), 0, 0, 0, (float) Math.log(9)}, 3, 2);
        return loss.apply(scores, engine.labels(labels, 2)).item();
    }

    @Test
    void balancedWeightsLetEveryClassCountTheSame() {
        // 40 points of two classes: 40 / (2 * 30) and 40 / (2 * 10).
        ClassificationLoss given =
                new CrossEntropyFactory().create(new CrossEntropyFactory.Config(0, List.of(2.0 / 3, 2.0)), context);
        ClassificationLoss balanced = new CrossEntropyFactory()
                .create(new CrossEntropyFactory.Config(0, List.of(), ClassWeighting.BALANCED), context);
        assertThat(value(balanced, 1, 0, -1)).isCloseTo(value(given, 1, 0, -1), within(1e-6));
        assertThat(value(balanced, 1, 0, -1))
                .isNotCloseTo(
                        value(
                                new CrossEntropyFactory().create(new CrossEntropyFactory.Config(0, List.of()), context),
                                1,
                                0,
                                -1),
                        within(1e-3));
    }

    @Test
    void estimatedWeightsThatAreNotAtHandAreSaidWhenALossIsMeasured() {
        ModelContext later = new Context(engine, new long[0], warnings);
        ClassificationLoss plain =
                new CrossEntropyFactory().create(new CrossEntropyFactory.Config(0, List.of()), later);
        ClassificationLoss balanced = new CrossEntropyFactory()
                .create(new CrossEntropyFactory.Config(0, List.of(), ClassWeighting.BALANCED), later);
        assertThat(warnings).as("a model that only predicts has nothing to say").isEmpty();

        assertThat(value(balanced, 1, 0, -1)).isEqualTo(value(plain, 1, 0, -1));
        assertThat(value(balanced, 0, 0, -1)).isEqualTo(value(plain, 0, 0, -1));

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("'weights: balanced'", "counts every point the same", "give 'class-weights'");
    }

    @Test
    void softenedWeightsLieBetweenAndCountAsMuchInAll() {
        float[] weights = ClassWeighting.SOFTENED.of(new long[] {30, 10, 0});
        assertThat(weights[1] / weights[0]).isCloseTo((float) Math.sqrt(3), within(1e-5f));
        assertThat(30 * weights[0] + 10 * weights[1]).isCloseTo(40, within(1e-4f));
        assertThat(weights[2]).isEqualTo(1);
    }

    @Test
    void weightsThatAreGivenAndEstimatedAreRefused() {
        assertThatThrownBy(() -> new FocalFactory.Config(2, List.of(1.0, 1.0), ClassWeighting.BALANCED))
                .hasMessageContaining("'weights: balanced' has nothing to estimate");
    }

    @Test
    void focalLetsRightPointsCountLess() {
        ClassificationLoss focal = new FocalFactory().create(new FocalFactory.Config(2, List.of()), context);
        // Shares of the labels are 3/4 and 1/2.
        double expected = (-0.0625 * Math.log(0.75) - 0.25 * Math.log(0.5)) / 2;
        assertThat(value(focal, 1, 0, -1)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void focalWithoutPowerIsCrossEntropy() {
        ClassificationLoss focal = new FocalFactory().create(new FocalFactory.Config(0, List.of(1.0, 2.0)), context);
        ClassificationLoss entropy =
                new CrossEntropyFactory().create(new CrossEntropyFactory.Config(0, List.of(1.0, 2.0)), context);
        assertThat(value(focal, 1, 0, -1)).isCloseTo(value(entropy, 1, 0, -1), within(1e-6));
    }

    @Test
    void lovaszAloneIsOneLessTheIntersectionOverUnionWhereEverythingIsSure() {
        ClassificationLoss lovasz = new LovaszFactory().create(new LovaszFactory.Config(0, 0, List.of()), context);
        Tensor scores = engine.wrap(new float[] {50, 0, 50, 0, 0, 50, 50, 0}, 4, 2);
        // Wall: 2 of 3 points; chair: 1 of 2.
        double loss =
                lovasz.apply(scores, engine.labels(new int[] {0, 0, 1, 1}, 2)).item();
        assertThat(loss).isCloseTo(((1 - 2 / 3.0) + (1 - 1 / 2.0)) / 2, within(1e-6));
    }

    @Test
    void lovaszAddsCrossEntropy() {
        ClassificationLoss both = new LovaszFactory().create(new LovaszFactory.Config(0.5, 0.1, List.of()), context);
        ClassificationLoss alone = new LovaszFactory().create(new LovaszFactory.Config(0, 0, List.of()), context);
        ClassificationLoss entropy =
                new CrossEntropyFactory().create(new CrossEntropyFactory.Config(0.1, List.of()), context);
        assertThat(value(both, 1, 0, 1)).isCloseTo(value(alone, 1, 0, 1) + 0.5 * value(entropy, 1, 0, 1), within(1e-6));
    }

    @Test
    void pointsWithoutLabelsGiveNoLossAndNoGradient() {
        for (ClassificationLoss loss : List.of(
                new FocalFactory().create(new FocalFactory.Config(2, List.of()), context),
                new LovaszFactory().create(new LovaszFactory.Config(1, 0, List.of()), context))) {
            Tensor scores = engine.wrap(new float[] {1, 2, 3, 4}, 2, 2).requireGrad();
            Indices none = engine.labels(new int[] {-1, -1}, 2);
            Tensor value = loss.apply(scores, none);
            assertThat(value.item()).isZero();
            value.backward();
            assertThat(scores.grad().orElseThrow().toArray()).containsOnly(0);
        }
    }

    @Test
    void weightsOfAnotherNumberOfClassesAreRefused() {
        assertThatThrownBy(() -> new FocalFactory().create(new FocalFactory.Config(2, List.of(1.0)), context))
                .hasMessageContaining("one weight for each of the 2 classes (wall, chair)");
        assertThatThrownBy(() -> new LovaszFactory.Config(1, 0, List.of(-1.0))).hasMessageContaining("found -1");
    }
}
