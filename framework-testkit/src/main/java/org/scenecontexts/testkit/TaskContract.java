package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Layers;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.train.TrainingProgress;

/**
 * What the framework relies on in every task: a finite loss that reaches backbone and head, the predictions that its factory
 * announces, the same bits for the same seed, use that changes nothing, and a state that is all there is.
 *
 * @param <C> the configuration of the task
 * @since 0.2
 */
public abstract class TaskContract<C extends Record> {

    private static final int WIDTH = 8;

    /** The factory under test. */
    protected abstract TaskFactory<C> factory();

    /** A configuration. */
    protected abstract C config();

    /** An engine with the kernels that the task needs; the caller closes it. */
    protected abstract TensorEngine engine(int threads);

    /** What it is tried on; at least two examples. */
    protected Dataset data() {
        return KitScenes.rooms(3, 300);
    }

    /** What the backbone is given per point. */
    protected List<InputFeature> inputs() {
        return List.of(InputFeature.COLOUR, InputFeature.HEIGHT);
    }

    /** How points are sampled. */
    protected Sampler sampler() {
        return Samplers.points(200);
    }

    /** A task and a backbone for it. */
    private final class Network {
        private final Backbone backbone;
        private final Task task;

        Network(TensorEngine engine, long seed) {
            Layer layers = Layers.mlp(engine, new SplittableRandom(seed), 3 + KitScenes.channels(inputs()), WIDTH, 2);
            backbone = Backbone.of(
                    layers,
                    WIDTH,
                    batch -> layers.apply(
                            Tensor.concat(Backbone.positions(engine, batch), Backbone.inputs(engine, batch))));
            task = factory()
                    .create(
                            config(),
                            new KitContext(engine, seed, KitScenes.channels(inputs()), WIDTH, data().classes()));
        }

        void training(boolean on) {
            backbone.module().training(on);
            task.module().training(on);
        }

        Batch batch(int... examples) {
            Dataset data = data();
            List<Sample> samples = new ArrayList<>();
            for (int i : examples) {
                Example example = data.load(i);
                samples.add(task.prepare(
                        example,
                        (Scene scene, java.util.random.RandomGenerator random) ->
                                sampler().sample(scene, random),
                        new SplittableRandom(11L + i)));
            }
            return Batch.of(samples, inputs());
        }

        LossResult loss(Batch batch) {
            training(true);
            task.beforeStep(new TrainingProgress(1, 10, 0));
            return task.loss(backbone, batch);
        }

        List<ScenePrediction> predict(TensorEngine engine, Batch batch) {
            training(false);
            try (var scope = engine.noGrad()) {
                return task.predict(backbone, batch);
            }
        }
    }

    private boolean predicts() {
        return !factory().gives(config()).isEmpty();
    }

    @Test
    void itsNameIsOneThatPipelinesCanWrite() {
        Factories.check(factory());
    }

    @Test
    void itsLossIsOneFiniteNumberThatTeachesBackboneAndHead() {
        try (TensorEngine engine = engine(1)) {
            Network network = new Network(engine, 1);
            try (Batch batch = network.batch(0, 1)) {
                LossResult loss = network.loss(batch);
                assertThat(loss.total().size()).isEqualTo(1);
                assertThat(loss.total().item()).isFinite();
                loss.total().backward();
            }
            assertThat(network.backbone.module().parameters())
                    .as("parameters of the backbone that learn")
                    .anyMatch(parameter -> parameter.grad().isPresent());
            network.task
                    .module()
                    .namedParameters()
                    .forEach((name, parameter) -> assertThat(parameter.grad())
                            .as("gradient of %s", name)
                            .isPresent());
        }
    }

    @Test
    void theSameSeedGivesTheSameLossToTheBit() {
        try (TensorEngine engine = engine(1)) {
            float[] losses = new float[2];
            for (int i = 0; i < 2; i++) {
                Network network = new Network(engine, 5);
                try (Batch batch = network.batch(0, 1)) {
                    losses[i] = network.loss(batch).total().item();
                }
            }
            assertThat(losses[1]).isEqualTo(losses[0]);
        }
    }

    @Test
    void predictsForEverySceneWhatItsFactoryAnnounces() {
        if (!predicts()) {
            return;
        }
        try (TensorEngine engine = engine(1)) {
            Network network = new Network(engine, 1);
            try (Batch batch = network.batch(0, 1)) {
                List<ScenePrediction> predictions = network.predict(engine, batch);
                assertThat(predictions).hasSize(2);
                for (int i = 0; i < 2; i++) {
                    assertThat(predictions.get(i).parts())
                            .containsExactlyInAnyOrderElementsOf(factory().gives(config()));
                    check(predictions.get(i), batch.samples().get(i).example().scene());
                }
            }
        }
    }

    private static void check(ScenePrediction prediction, Scene scene) {
        for (Prediction part : prediction.predictions()) {
            switch (part) {
                case Prediction.PointLabels labels ->
                    assertThat(labels.classes()).as("classes, one per point").hasSize(scene.size());
                case Prediction.PointValues values ->
                    assertThat(values.values())
                            .as("'%s', one row per point", values.name())
                            .hasSize(scene.size() * values.width());
                case Prediction.Instances instances ->
                    instances.found().forEach(instance -> {
                        assertThat(instance.score()).isFinite();
                        for (int point : instance.points()) {
                            assertThat(point).as("a point of an object").isBetween(0, scene.size() - 1);
                        }
                    });
                case Prediction.Boxes boxes ->
                    boxes.found().forEach(box -> assertThat(box.score()).isBetween(0f, 1f));
                case Prediction.SceneValues values ->
                    assertThat(values.values()).isNotEmpty();
            }
        }
    }

    @Test
    void useChangesNothing() {
        if (!predicts()) {
            return;
        }
        try (TensorEngine engine = engine(1)) {
            Network network = new Network(engine, 1);
            Map<String, List<Long>> before = States.bits(network.task.module());
            Map<String, List<Long>> backbone = States.bits(network.backbone.module());
            try (Batch batch = network.batch(0, 1)) {
                network.predict(engine, batch);
            }
            assertThat(States.bits(network.task.module())).isEqualTo(before);
            assertThat(States.bits(network.backbone.module())).isEqualTo(backbone);
        }
    }

    @Test
    void itsStateAndItsNotesAreAllThatThereIs() {
        if (!predicts()) {
            return;
        }
        try (TensorEngine engine = engine(1)) {
            Network trained = new Network(engine, 1);
            try (Batch batch = trained.batch(1, 0)) {
                trained.loss(batch).total().release();
            }
            Network loaded = new Network(engine, 2);
            States.copy(trained.backbone.module(), loaded.backbone.module());
            States.copy(trained.task.module(), loaded.task.module());
            Map<String, String> notes = trained.task.notes();
            if (!notes.isEmpty()) {
                loaded.task.restore(notes);
            }
            assertThat(loaded.task.notes()).isEqualTo(notes);
            try (Batch one = trained.batch(0);
                    Batch other = loaded.batch(0)) {
                assertThat(bits(loaded.predict(engine, other))).isEqualTo(bits(trained.predict(engine, one)));
            }
        }
    }

    private static List<Object> bits(List<ScenePrediction> predictions) {
        List<Object> bits = new ArrayList<>();
        for (ScenePrediction scene : predictions) {
            for (Prediction part : scene.predictions()) {
                switch (part) {
                    case Prediction.PointLabels labels -> bits.add(States.bits(labels.scores()));
                    case Prediction.PointValues values -> bits.add(States.bits(values.values()));
                    case Prediction.Instances instances ->
                        instances.found().forEach(found -> bits.add(java.util.Arrays.hashCode(found.points())));
                    case Prediction.Boxes boxes -> bits.add(boxes.found());
                    case Prediction.SceneValues values -> bits.add(States.bits(values.values()));
                }
            }
        }
        return bits;
    }

    @Test
    void asksForNoArrayThatADeviceDoesNotHave() {
        try (OpaqueEngine engine = new OpaqueEngine(engine(1))) {
            Network network = new Network(engine, 1);
            try (Batch batch = network.batch(0, 1)) {
                network.loss(batch).total().backward();
            }
        }
    }
}
