package org.scenecontexts.votenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.Sequential;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.pointnet2.kernel.CpuNeighbourKernels;
import org.scenecontexts.pointnet2.kernel.CpuPointKernels;
import org.scenecontexts.pointnet2.net.Output;
import org.scenecontexts.pointnet2.net.PointNet2Config;
import org.scenecontexts.pointnet2.net.PointNet2Factory;
import org.scenecontexts.testkit.OpaqueEngine;
import org.scenecontexts.votenet.box.BoxSuppression;
import org.scenecontexts.votenet.loss.CpuBoxLossProvider;
import org.scenecontexts.votenet.loss.LossWeights;
import org.scenecontexts.votenet.net.Centres;
import org.scenecontexts.votenet.proposal.BoxSelection;

class DetectionTest {

    private static final TensorEngine ENGINE =
            new CpuEngine(1, List.of(new CpuPointKernels(), new CpuNeighbourKernels(), new CpuBoxLossProvider()));
    static final SceneClasses CLASSES = SceneClasses.of(List.of("floor", "chair", "table"));
    private static final int SEEDS = 64;

    private final TestContext context = new TestContext(ENGINE, 3, 256, CLASSES);
    private final Backbone backbone = backbone(context);

    /** With seeds of its own, as many as it has centres. */
    static Backbone backbone(TestContext context) {
        return new PointNet2Factory()
                .create(
                        new PointNet2Config(
                                400,
                                true,
                                List.of(128, 64, 32, 16),
                                List.of(0.3, 0.6, 0.9, 1.2),
                                List.of(16, 16, 16, 16),
                                List.of(0.25),
                                1,
                                32,
                                Output.SEEDS,
                                true,
                                0.1),
                        context);
    }

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private Detection task(int votes, Centres centres, boolean legacy) {
        return task(context, votes, centres, legacy);
    }

    static Detection task(TestContext context, int votes, Centres centres, boolean legacy) {
        BoxSelection selection = new BoxSelection(
                new BoxSuppression(BoxSuppression.Extent.VOLUME, BoxSuppression.Share.UNION, 0.25, true),
                0.05,
                false,
                5);
        return new Detection(
                context,
                new DetectionFactory.Config(
                        List.of("floor"),
                        SEEDS,
                        Optional.empty(),
                        votes,
                        16,
                        0.3,
                        8,
                        centres,
                        4,
                        Optional.empty(),
                        LossWeights.published(),
                        selection,
                        "backbone_net.",
                        legacy));
    }

    /** A floor with boxes of points on it. */
    static SampledPoints scene(int boxes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Box> found = new ArrayList<>();
        for (int i = 0; i < boxes; i++) {
            double size = 0.3 + 0.2 * (i % 2);
            found.add(new Box(
                    random.nextDouble(-1.5, 1.5),
                    random.nextDouble(-1.5, 1.5),
                    size / 2,
                    size,
                    size,
                    size,
                    0,
                    1 + i % 2,
                    i));
        }
        int n = 400;
        float[] positions = new float[3 * n];
        int[] labels = new int[n];
        int[] instances = new int[n];
        for (int i = 0; i < n; i++) {
            boolean floor = boxes == 0 || i % 2 == 0;
            Box box = floor ? null : found.get(i % boxes);
            positions[3 * i] = (float)
                    (floor ? random.nextDouble(-2, 2) : box.centreX() + random.nextDouble(-0.5, 0.5) * box.sizeX());
            positions[3 * i + 1] = (float)
                    (floor ? random.nextDouble(-2, 2) : box.centreY() + random.nextDouble(-0.5, 0.5) * box.sizeY());
            positions[3 * i + 2] = (float) (floor ? 0 : random.nextDouble() * box.sizeZ());
            labels[i] = floor ? 0 : box.label();
            instances[i] = floor ? -1 : box.instance();
        }
        Scene scene = Scene.ofPositions("scene" + seed, positions)
                .withNormals(positions)
                .withLabels(labels)
                .withInstances(instances)
                .withBoxes(found);
        int[] identity = IntStream.range(0, n).toArray();
        return new SampledPoints(scene, new int[0], 0, identity, identity);
    }

    static Batch batch(SampledPoints... scenes) {
        List<Sample> samples = new ArrayList<>();
        for (SampledPoints points : scenes) {
            samples.add(Sample.of(Example.of(points.scene()), List.of(points)));
        }
        return Batch.of(samples, List.of(InputFeature.NORMAL));
    }

    private double step(Detection task, Batch batch) {
        return step(task, batch, "");
    }

    /** One step of training; gives the loss, or one of its figures. */
    private double step(Detection task, Batch batch, String figure) {
        LossResult loss = task.loss(backbone, batch);
        double value = figure.isEmpty()
                ? loss.total().item()
                : loss.figures().get(figure).item();
        loss.total().backward();
        List<Parameter> parameters = new ArrayList<>(task.module().parameters());
        parameters.addAll(backbone.module().parameters());
        // Steps of one length: the first slopes are steep.
        double norm = Math.sqrt(parameters.stream()
                .flatMap(parameter -> parameter.grad().stream())
                .mapToDouble(DetectionTest::squared)
                .sum());
        for (Parameter parameter : parameters) {
            parameter.grad().ifPresent(gradient -> {
                float[] slopes = gradient.toArray();
                parameter.tensor().edit(values -> {
                    for (int i = 0; i < slopes.length; i++) {
                        values[i] -= (float) (0.03 * slopes[i] / norm);
                    }
                });
            });
            parameter.tensor().clearGrad();
        }
        return value;
    }

    private static double squared(Tensor gradient) {
        double sum = 0;
        for (float value : gradient.toArray()) {
            sum += (double) value * value;
        }
        return sum;
    }

    /** With votes not the whole loss: its parts on boxes come and go with the proposals that have moved near one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void learnsWithAnyNumberOfVotes(int votes) {
        Detection task = task(votes, Centres.VOTES, false);
        Batch batch = batch(scene(4, 1), scene(6, 2));
        String figure = votes == 0 ? "" : "vote-loss";
        double first = step(task, batch, figure);
        double last = 0;
        for (int i = 0; i < 40; i++) {
            double value = step(task, batch, figure);
            last += i >= 30 ? value / 10 : 0;
        }
        assertThat(last).isLessThan(0.75 * first);
    }

    @ParameterizedTest
    @EnumSource(Centres.class)
    void everyWayToChooseCentresWorks(Centres centres) {
        assertThat(step(task(1, centres, false), batch(scene(4, 1)))).isFinite();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70})
    void scenesWithAnyNumberOfBoxesAreLearntAndPredicted(int boxes) {
        for (boolean legacy : new boolean[] {false, true}) {
            Detection task = task(1, Centres.VOTES, legacy);
            assertThat(step(task, batch(scene(boxes, 3), scene(boxes, 4)))).isFinite();
            task.module().training(false);
            backbone.module().training(false);
            try (var scope = ENGINE.noGrad()) {
                assertThat(scope).isNotNull();
                List<ScenePrediction> predictions = task.predict(backbone, batch(scene(boxes, 3)));
                assertThat(predictions).hasSize(1);
                assertThat(predictions.getFirst().boxes())
                        .allSatisfy(box -> assertThat(box.box().label()).isBetween(1, 2));
            }
            task.module().training(true);
            backbone.module().training(true);
        }
    }

    @Test
    void typicalSizesAreThoseOfTheTrainingDataAndComeBack() {
        Detection task = task(1, Centres.VOTES, false);
        step(task, batch(scene(4, 1)));
        Map<String, String> notes = task.notes();
        assertThat(notes.get("box-counts")).isEqualTo("2 2");
        assertThat(notes.get("box-sizes")).startsWith("0.6 0.6 0.6 1.0");
        Detection other = task(1, Centres.VOTES, false);
        other.restore(notes);
        assertThat(other.notes()).isEqualTo(notes);
    }

    @Test
    void sizesThatNobodyMeasuredAreSaid() {
        Detection task = task(1, Centres.VOTES, false);
        step(task, batch(scene(1, 1)));
        task.module().training(false);
        backbone.module().training(false);
        try (var scope = ENGINE.noGrad()) {
            assertThat(scope).isNotNull();
            task.predict(backbone, batch(scene(1, 1)));
        }
        assertThat(context.warnings())
                .singleElement()
                .asString()
                .startsWith("the model has seen no training box of table")
                .contains("0.7 m", "give 'sizes'");
    }

    @Test
    void aNetworkThatGivesNoNumbersIsRefused() {
        Detection task = task(1, Centres.VOTES, false);
        task.module().training(false);
        backbone.module().training(false);
        task.module().parameters().getLast().tensor().edit(values -> values[0] = Float.NaN);
        try (var scope = ENGINE.noGrad()) {
            assertThat(scope).isNotNull();
            assertThatThrownBy(() -> task.predict(backbone, batch(scene(1, 1))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("scene 'scene1'", "NaN", "earlier checkpoint");
        }
    }

    /** Every read waits for all that was computed before. */
    @Test
    void placesAndHeadsOfProposalsAreReadFromADeviceTogetherAndNothingElse() {
        try (OpaqueEngine device = new OpaqueEngine(new CpuEngine(1, List.of(new CpuNeighbourKernels())))) {
            Detection task = task(new TestContext(device, 3, 3, CLASSES), 1, Centres.VOTES, false);
            task.module().training(false);
            try (var scope = device.noGrad()) {
                assertThat(scope).isNotNull();
                long before = device.hostReads();
                task.predict(
                        Backbone.of(new Sequential(List.of()), 3, points -> Backbone.inputs(device, points)),
                        batch(scene(4, 1), scene(2, 2)));
                assertThat(device.hostReads() - before).isEqualTo(1);
            }
        }
    }

    @Test
    void dataWithoutAnyBoxIsRefusedBeforeHoursAreSpent() {
        Detection task = task(1, Centres.VOTES, false);
        Batch batch = batch(IntStream.range(0, 50).mapToObj(i -> scene(0, i)).toArray(SampledPoints[]::new));
        task.loss(backbone, batch);
        assertThatThrownBy(() -> task.loss(backbone, batch))
                .hasMessageContaining("the first 100 training scenes have no box");
    }

    @Test
    void aClassThatDoesNotExistIsNoStuff() {
        assertThatThrownBy(() -> new Detection(
                        context,
                        new DetectionFactory.Config(
                                List.of("flor"),
                                SEEDS,
                                Optional.empty(),
                                1,
                                16,
                                0.3,
                                8,
                                Centres.VOTES,
                                1,
                                Optional.empty(),
                                LossWeights.published(),
                                new BoxSelection(
                                        new BoxSuppression(
                                                BoxSuppression.Extent.VOLUME, BoxSuppression.Share.UNION, 0.25, true),
                                        0.05,
                                        true,
                                        5),
                                "",
                                false)))
                .hasMessageContaining("'flor'")
                .hasMessageContaining("floor, chair, table");
    }
}
