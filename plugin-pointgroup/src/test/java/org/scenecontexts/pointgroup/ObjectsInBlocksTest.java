package org.scenecontexts.pointgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scenecontexts.pointgroup.Toys.CHAIR;
import static org.scenecontexts.pointgroup.Toys.FLOOR;
import static org.scenecontexts.pointgroup.Toys.TABLE;
import static org.scenecontexts.pointgroup.Toys.VOXEL;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.Sequential;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.pointgroup.InstanceSegmentationFactory.Grouping;
import org.scenecontexts.runtime.blocks.SceneSweep;
import org.scenecontexts.runtime.pipeline.Blocks;
import org.scenecontexts.runtime.pipeline.Tta;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.ModelSpec;
import org.scenecontexts.runtime.run.RunContext;

/**
 * Objects that lie across a border of blocks, found by a network that points from every point to the middle of what it sees of the
 * object, so that blocks by themselves disagree about where the object is.
 */
class ObjectsInBlocksTest {

    private static final CpuEngine ENGINE = new CpuEngine(1, List.of());

    /** Cores of 1.5 m from zero: borders at x = 1.5, 3 ... */
    private static final Blocks SHARED = new Blocks(2, Optional.of(0.5), Optional.empty());

    private static final Blocks APART = new Blocks(1.5, Optional.of(0.0), Optional.empty());

    @AfterAll
    static void end() {
        ENGINE.close();
    }

    /** Sees classes and objects in the truth. */
    private static final class Seer implements BackboneFactory<Seer.Config> {
        record Config() {}

        @Override
        public String name() {
            return "seer";
        }

        @Override
        public String summary() {
            return "Classes, and offsets to the middle of what is seen of an object.";
        }

        @Override
        public Sampler sampling(Config config) {
            return Samplers.voxels(VOXEL);
        }

        @Override
        public Backbone create(Config config, ModelContext context) {
            return Backbone.of(new Sequential(List.of()), 6, batch -> {
                Scene seen = batch.items().getFirst().scene();
                float[] values = new float[6 * seen.size()];
                for (int i = 0; i < seen.size(); i++) {
                    values[6 * i + seen.labels()[i]] = 1;
                    if (seen.instances()[i] >= 0) {
                        double[] middle = middle(seen, seen.instances()[i]);
                        for (int axis = 0; axis < 3; axis++) {
                            values[6 * i + 3 + axis] = (float) (middle[axis] - seen.positions()[3 * i + axis]);
                        }
                    }
                }
                return context.engine().wrap(values, seen.size(), 6);
            });
        }

        private static double[] middle(Scene scene, int instance) {
            int[] members = members(scene, instance);
            double[] middle = new double[3];
            for (int point : members) {
                for (int axis = 0; axis < 3; axis++) {
                    middle[axis] += scene.positions()[3 * point + axis] / (double) members.length;
                }
            }
            return middle;
        }
    }

    private static int[] members(Scene scene, int instance) {
        return IntStream.range(0, scene.size())
                .filter(i -> scene.instances()[i] == instance)
                .toArray();
    }

    /** A flat object of points in the middles of voxels: the first voxel along x, how many there are, and how many along y. */
    private record Thing(int label, int instance, int x, int length, int width, int height) {}

    private static Scene scene(Thing... things) {
        List<int[]> cells = new ArrayList<>();
        List<Thing> owners = new ArrayList<>();
        for (Thing thing : things) {
            for (int i = 0; i < thing.length() * thing.width(); i++) {
                cells.add(new int[] {thing.x() + i / thing.width(), i % thing.width(), thing.height()});
                owners.add(thing);
            }
        }
        float[] positions = new float[3 * cells.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) (VOXEL * (cells.get(i / 3)[i % 3] + 0.5));
        }
        return Scene.ofPositions("hall", positions)
                .withNormals(new float[positions.length])
                .withLabels(owners.stream().mapToInt(Thing::label).toArray())
                .withInstances(owners.stream().mapToInt(Thing::instance).toArray());
    }

    /** A floor of 4 m with a table from 1 m to 2 m, across the border at 1.5 m, and a chair from 3.2 m to 3.5 m. */
    private static Scene hall() {
        return scene(
                new Thing(FLOOR, -1, 0, 80, 12, 0),
                new Thing(TABLE, 0, 20, 20, 12, 14),
                new Thing(CHAIR, 1, 64, 6, 6, 8));
    }

    /** Lets the head give ten times the first three features as scores, and the others as offsets. */
    private static void handOn(Map<String, Parameter> head) {
        float[] scores = new float[18];
        float[] offsets = new float[18];
        float[] before = new float[36];
        // What is below zero does not pass the rectifier before the last layer, so it is raised, and lowered behind it.
        float[] raised = {0, 0, 0, 8, 8, 8};
        for (int i = 0; i < 6; i++) {
            before[6 * i + i] = 1;
        }
        for (int i = 0; i < 3; i++) {
            scores[3 * i + i] = 10;
            offsets[3 * (3 + i) + i] = 1;
        }
        head.get("final.kernel").tensor().set(scores);
        head.get("final.bias").tensor().set(new float[3]);
        head.get("offsets_pre.kernel").tensor().set(before);
        head.get("offsets_pre.bias").tensor().set(raised);
        head.get("offsets.kernel").tensor().set(offsets);
        head.get("offsets.bias").tensor().set(new float[] {-8, -8, -8});
    }

    private static List<ScenePrediction.Instance> found(Scene scene, Optional<Blocks> blocks, Optional<Tta> tta) {
        ModelSpec spec = new ModelSpec(
                List.of(InputFeature.NORMAL),
                new Choice<>(new Seer(), new Seer.Config()),
                new Choice<>(
                        new InstanceSegmentationFactory(),
                        Toys.config(List.of("floor"), Grouping.ESTIMATED, Optional.of(0.12))));
        Model model = Model.create(spec, ENGINE, Toys.CLASSES, new RunContext(new Chance(1), warning -> {}));
        handOn(model.task().module().namedParameters());
        model.network().training(false);
        try (var scope = ENGINE.noGrad()) {
            return new SceneSweep(model, model.sampler()::sample, new SceneSweep.Parts(blocks, tta, true), () -> {})
                    .run(scene, new Chance(2))
                    .prediction()
                    .instances();
        }
    }

    private static void assertObjects(List<ScenePrediction.Instance> found, Scene scene) {
        assertThat(found).hasSize(2);
        for (ScenePrediction.Instance object : found) {
            int instance = scene.instances()[object.points()[0]];
            assertThat(object.label()).isEqualTo(instance == 0 ? TABLE : CHAIR);
            assertThat(object.points()).containsExactly(members(scene, instance));
        }
    }

    @Test
    void anObjectThatIsCutByBlocksIsOneObject() {
        Scene scene = hall();

        assertObjects(found(scene, Optional.of(SHARED), Optional.empty()), scene);
    }

    @Test
    void blocksThatShareNothingTearItApart() {
        // Each of the two points to the middle of its half; half a metre lies between.
        Scene scene = hall();

        List<ScenePrediction.Instance> found = found(scene, Optional.of(APART), Optional.empty());

        assertThat(found).hasSize(3);
        assertThat(found.stream().filter(object -> object.label() == TABLE).map(object -> object.points().length))
                .containsExactly(120, 120);
    }

    @Test
    void anObjectThatIsCutAndSeenTurnedAndMirroredIsOneObject() {
        Scene scene = hall();
        Tta tta = new Tta(true, List.of(0.0, 90.0, 200.0), List.of(1.0));

        assertObjects(found(scene, Optional.of(SHARED), Optional.of(tta)), scene);
    }

    @Test
    void offsetsOfTurnedViewsAreTurnedBack() {
        // Two chairs that touch: only offsets tell them apart, and those of opposite views add up to nothing unless
        // they
        // are turned back.
        Scene scene = scene(new Thing(CHAIR, 0, 2, 8, 6, 0), new Thing(CHAIR, 1, 10, 8, 6, 0));
        Tta tta = new Tta(false, List.of(0.0, 90.0, 180.0, 270.0), List.of(1.0));

        List<ScenePrediction.Instance> found = found(scene, Optional.empty(), Optional.of(tta));

        assertThat(found).hasSize(2);
        assertThat(found.stream()
                        .map(object -> Arrays.stream(object.points()).boxed().toList()))
                .containsExactlyInAnyOrder(
                        IntStream.range(0, 48).boxed().toList(),
                        IntStream.range(48, 96).boxed().toList());
    }
}
