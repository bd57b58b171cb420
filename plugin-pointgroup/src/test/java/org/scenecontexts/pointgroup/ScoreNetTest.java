package org.scenecontexts.pointgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scenecontexts.pointgroup.Toys.CHAIR;
import static org.scenecontexts.pointgroup.Toys.FLOOR;
import static org.scenecontexts.pointgroup.Toys.batch;
import static org.scenecontexts.pointgroup.Toys.points;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.Sequential;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.pointgroup.Toys.Thing;
import org.scenecontexts.testkit.OpaqueEngine;

/** The full PointGroup: proposals in training, and a network that scores them. */
class ScoreNetTest {

    private static final CpuEngine ENGINE = new CpuEngine(1, List.of());

    private final Toys.Context context = new Toys.Context(ENGINE);
    private final InstanceSegmentation task = Toys.task(Toys.scored(0, Optional.empty()), context);

    @AfterAll
    static void end() {
        ENGINE.close();
    }

    /** Whole chairs of 36 rows, and groups of as many rows in a corner that are four chairs in truth. */
    private static Batch chairs() {
        return batch(points(
                true,
                new Thing(FLOOR, -1, FLOOR, -20, 9),
                new Thing(CHAIR, 0, CHAIR, 0, 6),
                new Thing(CHAIR, 1, CHAIR, 10, 6),
                new Thing(CHAIR, 2, CHAIR, 20, 6),
                // Two chairs that lie together: either is half of the group.
                new Thing(CHAIR, 3, CHAIR, 40, 8),
                new Thing(CHAIR, 4, CHAIR, 48, 8)));
    }

    private LossResult step(InstanceSegmentation trained, Batch batch, long iteration, long iterations) {
        trained.module().training(true);
        trained.beforeStep(new TrainingProgress(iteration, iterations, 0));
        LossResult result = trained.loss(Toys.backbone(ENGINE), batch);
        trained.module().training(false);
        return result;
    }

    private static double figure(LossResult result, String name) {
        return result.figures().get(name).item();
    }

    private void train(InstanceSegmentation trained, int steps) {
        for (int i = 1; i <= steps; i++) {
            step(trained, chairs(), i, steps).total().backward();
            trained.module().namedParameters().forEach((name, parameter) -> {
                if (name.startsWith("score_")) {
                    float[] slope = parameter.tensor().grad().orElseThrow().toArray();
                    parameter.tensor().edit(values -> {
                        for (int k = 0; k < values.length; k++) {
                            values[k] -= 2 * slope[k];
                        }
                    });
                }
                parameter.tensor().clearGrad();
            });
        }
    }

    private List<ScenePrediction.Instance> found(InstanceSegmentation trained) {
        trained.module().training(false);
        return trained.predict(Toys.backbone(ENGINE), chairs()).getFirst().instances();
    }

    @Test
    void theScoreLossReachesTheScoreNetworkAndTheFeatures() {
        Batch batch = chairs();
        Tensor leaf = Backbone.inputs(ENGINE, batch.points()).requireGrad();
        task.module().training(true);
        task.beforeStep(new TrainingProgress(1, 1, 0));
        Tensor total = task.loss(Backbone.of(new Sequential(List.of()), 3, points -> leaf.scale(1)), batch)
                .total();

        total.backward();

        Map<String, Parameter> parameters = task.module().namedParameters();
        assertThat(parameters.keySet()).contains("score_net.kernel", "score_linear.weight");
        assertThat(parameters.get("score_net.kernel").tensor().grad()).isPresent();
        assertThat(leaf.grad()).isPresent();
    }

    /** A task that was trained for a while, and its loss then. */
    private record Trained(Map<String, String> notes, Map<String, float[]> tensors, double before, double after) {

        InstanceSegmentation with(Optional<Double> minScore, Toys.Context context) {
            InstanceSegmentation task = Toys.task(Toys.scored(0, minScore), context);
            task.restore(notes);
            task.module().namedTensors().forEach((name, tensor) -> tensor.set(tensors.get(name)));
            return task;
        }
    }

    private static Trained trained;

    private Trained trained() {
        if (trained == null) {
            double before = figure(step(task, chairs(), 1, 1), "score-loss");
            train(task, 150);
            Map<String, float[]> tensors = new java.util.TreeMap<>();
            task.module().namedTensors().forEach((name, tensor) -> tensors.put(name, tensor.toArray()));
            trained = new Trained(task.notes(), tensors, before, figure(step(task, chairs(), 1, 1), "score-loss"));
        }
        return trained;
    }

    @Test
    void itLearnsToTellWholeObjectsFromJoinedOnes() {
        // Both sets hold 3 whole chairs, whose target is 1, and a joined pair, whose target is a half: what a network
        // that
        // knows all can reach is the entropy of the pair, ln 2 / 4.
        assertThat(trained().after()).isLessThan(trained().before()).isLessThan(Math.log(2) / 4 + 0.06);
        Map<Integer, Double> scores = new java.util.TreeMap<>();
        found(trained().with(Optional.empty(), context))
                .forEach(object -> scores.put(object.points().length, (double) object.score()));
        assertThat(scores).containsOnlyKeys(36, 128);
        assertThat(scores.get(36)).isGreaterThan(0.8);
        assertThat(scores.get(128)).isBetween(0.3, 0.75);
    }

    @Test
    void aThresholdThatIsGivenIsCompared() {
        assertThat(found(trained().with(Optional.of(0.78), context)))
                .hasSize(3)
                .allSatisfy(object -> assertThat(object.points()).hasSize(36));
    }

    @Test
    void bothSetsAreGroupedAndOneOfThoseThatLieOnEachOtherStays() {
        train(task, 1);

        assertThat(found(task)).hasSize(4);
    }

    @Test
    void theSameSceneGetsTheSameScoresAndAnInterruptedTrainingTheSameLoss() {
        train(task, 3);
        assertThat(found(task).stream().map(ScenePrediction.Instance::score).toList())
                .isEqualTo(found(task).stream()
                        .map(ScenePrediction.Instance::score)
                        .toList());

        double once = figure(step(task, chairs(), 4, 9), "score-loss");
        step(task, chairs(), 5, 9);
        assertThat(figure(step(task, chairs(), 4, 9), "score-loss")).isEqualTo(once);
    }

    @Test
    void proposalsBeginWhenOffsetsHaveSettled() {
        InstanceSegmentation late = Toys.task(Toys.scored(0.33, Optional.empty()), context);

        assertThat(figure(step(late, chairs(), 33, 100), "score-loss")).isNaN();
        assertThat(late.notes()).doesNotContainKey("scored-steps");
        assertThat(figure(step(late, chairs(), 34, 100), "score-loss")).isFinite();
        assertThat(late.notes()).containsEntry("scored-steps", "1");
    }

    @Test
    void aScoreNetworkThatWasNeverTrainedIsSaidAndNotAsked() {
        assertThat(found(task))
                .hasSize(4)
                .allSatisfy(object -> assertThat(object.score())
                        .as("the probability of the class")
                        .isGreaterThan(0.99f));
        assertThat(context.warnings()).singleElement().asString().contains("has not been trained", "proposals-after");
    }

    @Test
    void whatWasTrainedIsKnownWhereTheModelIsUsed() {
        train(task, 2);
        InstanceSegmentation loaded = Toys.task(Toys.scored(0, Optional.empty()), context);

        loaded.restore(task.notes());

        assertThat(found(loaded)).isNotNull();
        assertThat(context.warnings()).isEmpty();
    }

    @Test
    void makingProposalsIsTheOneThingThatIsReadFromADevice() {
        try (OpaqueEngine device = new OpaqueEngine(new CpuEngine(1, List.of()))) {
            InstanceSegmentation there = Toys.task(Toys.scored(0, Optional.empty()), new Toys.Context(device));
            there.module().training(true);
            there.beforeStep(new TrainingProgress(1, 1, 0));
            Batch batch = chairs();
            long before = device.hostReads();

            there.loss(Toys.backbone(device), batch).total().backward();

            assertThat(device.hostReads() - before).isEqualTo(1);
        }
    }

    @Test
    void aSceneWithoutProposalsTrainsTheRest() {
        LossResult result = step(task, batch(points(true, new Thing(FLOOR, -1, FLOOR, 0, 8))), 1, 1);

        assertThat(figure(result, "score-loss")).isNaN();
        assertThat(result.total().item()).isFinite();
        result.total().backward();
    }
}
