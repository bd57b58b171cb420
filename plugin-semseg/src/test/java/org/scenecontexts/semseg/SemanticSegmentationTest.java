package org.scenecontexts.semseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Sequential;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.engine.cpu.CpuEngine;

class SemanticSegmentationTest {

    private static final TensorEngine ENGINE = new CpuEngine(1, List.of());

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private record Context(SceneClasses classes) implements TaskContext {
        @Override
        public int featureChannels() {
            return 3;
        }

        @Override
        public TensorEngine engine() {
            return ENGINE;
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
        public void warn(String message) {}
    }

    private static Context context(String... names) {
        return new Context(SceneClasses.of(List.of(names)));
    }

    private static Task task(Context context) {
        var loss = new Choice<>(new CrossEntropyFactory(), new CrossEntropyFactory.Config(0, List.of()));
        return new SemanticSegmentationFactory().create(new SemanticSegmentationFactory.Config(loss), context);
    }

    /** Hands the normals on as features. */
    private static Backbone identity() {
        return Backbone.of(new Sequential(List.of()), 3, batch -> Backbone.inputs(ENGINE, batch));
    }

    /** Two rows seen of four points; the last point has no row. */
    private static Batch batch(int... labels) {
        Scene scene = Scene.ofPositions("scene", new float[6])
                .withNormals(new float[] {1, 0, 0, 0, 1, 0})
                .withLabels(labels);
        SampledPoints points = new SampledPoints(scene, new int[0], 0, new int[] {0, 2}, new int[] {0, 0, 1, -1});
        Sample sample = Sample.of(Example.of(scene), List.of(points));
        return Batch.of(List.of(sample, sample), List.of(InputFeature.NORMAL));
    }

    private static void set(Task task, String name, float... values) {
        task.module().namedParameters().get(name).tensor().set(values);
    }

    @Test
    void namesItsHeadAsPublishedCheckpointsDo() {
        Task task = task(context("a", "b", "c", "d"));

        assertThat(task.module().namedParameters().keySet()).containsExactly("final.kernel", "final.bias");
        assertThat(task.module().namedParameters().get("final.kernel").publishedShape())
                .containsExactly(3, 4);
        assertThat(task.module().namedParameters().get("final.bias").publishedShape())
                .containsExactly(1, 4);
    }

    @Test
    void predictsAtEveryOriginalPoint() {
        Task task = task(context("a", "b"));
        set(task, "final.kernel", 2, 0, 0, 1, 0, 0);
        set(task, "final.bias", 0, 0);

        List<ScenePrediction> predictions = task.predict(identity(), batch(0, 1));

        assertThat(predictions).hasSize(2);
        ScenePrediction prediction = predictions.get(1);
        assertThat(prediction.labels().classes()).containsExactly(0, 0, 1, Labels.IGNORE);
        assertThat(prediction.labels().sampled()).containsExactly(0, 1);
        assertThat(prediction.labels().scores()).containsExactly(2, 0, 0, 1);
        assertThat(prediction.labels().confidence()[0]).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(1e-6f));
        assertThat(prediction.labels().confidence()[2]).isCloseTo((float) (1 / (1 + Math.exp(-1))), within(1e-6f));
        assertThat(prediction.labels().confidence()[3]).isZero();
    }

    @Test
    void averagesTheLossOverLabelledRows() {
        Task task = task(context("a", "b"));
        set(task, "final.kernel", 2, 0, 0, 1, 0, 0);
        set(task, "final.bias", 0, 0);

        LossResult result = task.loss(identity(), batch(1, Labels.IGNORE));

        assertThat((double) result.total().item()).isCloseTo(Math.log(1 + Math.exp(2)), within(1e-5));
        assertThat(result.figures().get("accuracy").item()).isZero();
        assertThat(result.weight()).isEqualTo(2);
    }

    @Test
    void trainsItsHead() {
        Task task = task(context("a", "b"));

        task.loss(identity(), batch(0, 1)).total().backward();

        assertThat(task.module().namedParameters().get("final.kernel").grad()).isPresent();
        assertThat(task.module().namedParameters().get("final.bias").grad()).isPresent();
    }

    @Test
    void refusesDataWithoutClasses() {
        assertThatThrownBy(() -> task(new Context(SceneClasses.none())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2 classes, found 0");
    }

    @Test
    void refusesAnotherNumberOfClassWeights() {
        var config = new CrossEntropyFactory.Config(0, List.of(1.0, 2.0, 3.0));

        assertThatThrownBy(() -> new CrossEntropyFactory().create(config, context("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("each of the 2 classes (a, b)")
                .hasMessageContaining("found 3");
    }
}
