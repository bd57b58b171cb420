package org.scenecontexts.votenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Sequential;
import org.scenecontexts.api.task.Joining;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.runtime.blocks.SceneSweep;
import org.scenecontexts.runtime.pipeline.Blocks;
import org.scenecontexts.runtime.pipeline.Tta;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.ModelSpec;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.votenet.box.BoxSuppression;

/** Boxes near a border of blocks, proposed by hand from what a block shows and joined as detection joins them. */
class BoxesInBlocksTest {

    private static final CpuEngine ENGINE = new CpuEngine(1, List.of());

    /** Cores of 1.5 m from zero: borders at x = 1.5, 3 ...; a block shows 0.25 m of its neighbours. */
    private static final Optional<Blocks> BLOCKS = Optional.of(new Blocks(2, Optional.of(0.5), Optional.empty()));

    private static final double HEADING = 0.3;
    private static final float SURE = 0.875f;
    private static final int POINTS = 16;

    /**
     * Where objects of 0.4 m begin along x: one of which the first block shows all and the second all but 5 cm; one in the second
     * alone; one of which the first block shows an edge whose middle lies beyond what it sees better.
     */
    private static final double[] STARTS = {1.2, 2.2, 1.6};

    private static final double[] SIDEWAYS = {0.5, 0.5, 1.2};
    private static final int OBJECTS = STARTS.length;

    @AfterAll
    static void end() {
        ENGINE.close();
    }

    private static final class Nothing implements BackboneFactory<Nothing.Config> {
        record Config() {}

        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public String summary() {
            return "The inputs.";
        }

        @Override
        public Sampler sampling(Config config) {
            return Samplers.all();
        }

        @Override
        public Backbone create(Config config, ModelContext context) {
            return Backbone.of(new Sequential(List.of()), 3, batch -> Backbone.inputs(context.engine(), batch));
        }
    }

    /** Proposes a box around the middle of what is seen of each object, turned as its normals are, as sure as much is seen. */
    private record Seer(boolean joins) implements TaskFactory<Seer.Config> {
        record Config() {}

        @Override
        public String name() {
            return "seer";
        }

        @Override
        public String summary() {
            return "Boxes.";
        }

        @Override
        public Set<Prediction.Part> gives(Config config) {
            return Set.of(Prediction.Part.BOXES);
        }

        @Override
        public Task create(Config config, TaskContext context) {
            return new Task() {
                @Override
                public Module module() {
                    return new Sequential(List.of());
                }

                @Override
                public LossResult loss(Backbone backbone, Batch batch) {
                    return new LossResult(context.engine().wrap(new float[1], 1), Map.of(), 1);
                }

                @Override
                public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
                    return List.of(ScenePrediction.boxes(
                            proposals(batch.points().items().getFirst().scene())));
                }

                @Override
                public Joining joining() {
                    BoxSuppression suppression =
                            new BoxSuppression(BoxSuppression.Extent.VOLUME, BoxSuppression.Share.UNION, 0.25, false);
                    return (Joining.Boxes) found -> joins ? suppression.joined(found) : found;
                }
            };
        }

        private static List<ScoredBox> proposals(Scene scene) {
            List<ScoredBox> found = new ArrayList<>();
            for (int object = 0; object < OBJECTS; object++) {
                int number = object;
                int[] members = IntStream.range(0, scene.size())
                        .filter(i -> scene.instances()[i] == number)
                        .toArray();
                if (members.length > 0) {
                    double[] middle = new double[3];
                    for (int point : members) {
                        for (int axis = 0; axis < 3; axis++) {
                            middle[axis] += scene.positions()[3 * point + axis] / (double) members.length;
                        }
                    }
                    float[] normals = scene.normals();
                    double heading = Math.atan2(normals[3 * members[0] + 1], normals[3 * members[0]]);
                    found.add(new ScoredBox(
                            new Box(middle[0], middle[1], middle[2], 0.4, 0.2, 0.5, heading, 1, object),
                            SURE * members.length / POINTS));
                }
            }
            return found;
        }
    }

    private static Scene scene() {
        int count = OBJECTS * POINTS + 2;
        float[] positions = new float[3 * count];
        float[] normals = new float[3 * count];
        int[] instances = new int[count];
        for (int i = 0; i < count; i++) {
            int object = i / POINTS;
            boolean corner = object == OBJECTS;
            instances[i] = corner ? -1 : object;
            positions[3 * i] = corner
                    ? (i % POINTS == 0 ? 0.1f : 3.4f)
                    : (float) (STARTS[object] + (i % POINTS + 0.5) * 0.4 / POINTS);
            positions[3 * i + 1] = corner ? 0.1f : (float) SIDEWAYS[object];
            positions[3 * i + 2] = 0.25f;
            normals[3 * i] = (float) Math.cos(HEADING);
            normals[3 * i + 1] = (float) Math.sin(HEADING);
        }
        return Scene.ofPositions("hall", positions).withNormals(normals).withInstances(instances);
    }

    private static List<ScoredBox> found(boolean joins, Optional<Tta> tta) {
        ModelSpec spec = new ModelSpec(
                List.of(InputFeature.NORMAL),
                new Choice<>(new Nothing(), new Nothing.Config()),
                new Choice<>(new Seer(joins), new Seer.Config()));
        Model model = Model.create(
                spec, ENGINE, SceneClasses.of(List.of("floor", "chair")), new RunContext(new Chance(1), warning -> {}));
        try (var scope = ENGINE.noGrad()) {
            return new SceneSweep(model, model.sampler()::sample, new SceneSweep.Parts(BLOCKS, tta, true), () -> {})
                    .run(scene(), new Chance(2)).prediction().boxes().stream()
                            .sorted(Comparator.comparingInt(
                                            (ScoredBox box) -> box.box().instance())
                                    .thenComparingDouble(box -> -box.score()))
                            .toList();
        }
    }

    private static void assertBox(ScoredBox found, int object) {
        // Positions are 32-bit numbers of up to 4 m.
        assertThat(found.box().instance()).isEqualTo(object);
        assertThat(found.box().centreX()).isCloseTo(STARTS[object] + 0.2, within(1e-6));
        assertThat(found.box().centreY()).isCloseTo(SIDEWAYS[object], within(1e-6));
        assertThat(found.score()).isEqualTo(SURE);
    }

    @Test
    void aBoxThatTwoBlocksProposeComesOutOnceAsTheSurerSaysIt() {
        List<ScoredBox> found = found(true, Optional.empty());

        assertThat(found).hasSize(OBJECTS);
        for (int object = 0; object < OBJECTS; object++) {
            assertBox(found.get(object), object);
            assertThat(found.get(object).box().heading()).isCloseTo(HEADING, within(1e-6));
        }
    }

    @Test
    void bothBlocksHaveProposedIt() {
        // What the test above would see if boxes were not joined: the second block is less sure of the first object.
        List<ScoredBox> found = found(false, Optional.empty());

        assertThat(found.stream().map(box -> box.box().instance())).containsExactly(0, 0, 1, 2);
        assertThat(found.get(1).score()).isEqualTo(SURE * 14 / 16);
    }

    @Test
    void boxesOfTurnedAndMirroredViewsComeBackAsTheyAre() {
        Optional<Tta> tta = Optional.of(new Tta(true, List.of(0.0, 90.0), List.of(1.0, 1.1)));

        List<ScoredBox> all = found(false, tta);

        // Three mirrors, two turns, two sizes. A box is the same after half a turn.
        assertThat(all).hasSize(4 * 12).allSatisfy(box -> {
            assertThat(Math.IEEEremainder(box.box().heading() - HEADING, Math.PI))
                    .isCloseTo(0, within(1e-6));
            assertThat(box.box().centreZ()).isCloseTo(0.25, within(1e-6));
        });
        for (int i = 0; i < 12; i++) {
            assertBox(all.get(i), 0);
        }
        assertThat(found(true, tta)).hasSize(OBJECTS);
    }
}
