package org.scenecontexts.pointgroup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.nn.Sequential;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.tensor.Tensor;

/** Rooms of boxes and a network that sees the predicted class in the normals, so that tests decide what is predicted. */
final class Toys {

    static final SceneClasses CLASSES = SceneClasses.of(List.of("floor", "chair", "table"));
    static final int FLOOR = 0;
    static final int CHAIR = 1;
    static final int TABLE = 2;
    static final double VOXEL = 0.05;

    private Toys() {}

    /** A square of voxels on the ground. */
    record Thing(int label, int instance, int predicted, int x, int edge) {}

    /** Rows of squares; the network predicts what their normals say. */
    static SampledPoints points(boolean grid, Thing... things) {
        List<int[]> places = new ArrayList<>();
        List<Thing> owners = new ArrayList<>();
        for (Thing thing : things) {
            for (int i = 0; i < thing.edge() * thing.edge(); i++) {
                places.add(new int[] {thing.x() + i / thing.edge(), i % thing.edge(), 0});
                owners.add(thing);
            }
        }
        int n = places.size();
        float[] positions = new float[3 * n];
        float[] normals = new float[3 * n];
        int[] cells = new int[3 * n];
        int[] same = new int[n];
        for (int i = 0; i < n; i++) {
            same[i] = i;
            normals[3 * i + owners.get(i).predicted()] = 1;
            for (int axis = 0; axis < 3; axis++) {
                cells[3 * i + axis] = places.get(i)[axis];
                positions[3 * i + axis] = (float) (VOXEL * places.get(i)[axis]);
            }
        }
        Scene scene = Scene.ofPositions("toy", positions)
                .withNormals(normals)
                .withLabels(owners.stream().mapToInt(Thing::label).toArray())
                .withInstances(owners.stream().mapToInt(Thing::instance).toArray());
        return new SampledPoints(scene, grid ? cells : new int[0], grid ? VOXEL : 0, same, same);
    }

    static Batch batch(SampledPoints... scenes) {
        List<Sample> samples = new ArrayList<>();
        for (SampledPoints points : scenes) {
            samples.add(Sample.of(Example.of(points.scene()), List.of(points)));
        }
        return Batch.of(samples, List.of(InputFeature.NORMAL));
    }

    /** Hands the normals on. */
    static Backbone backbone(TensorEngine engine) {
        return Backbone.of(new Sequential(List.of()), 3, batch -> Backbone.inputs(engine, batch));
    }

    /** A task whose class scores are ten times the features and whose offsets are nothing. */
    static InstanceSegmentation task(InstanceSegmentationFactory.Config config, Context context) {
        var task = (InstanceSegmentation) new InstanceSegmentationFactory().create(config, context);
        task.module().namedParameters().get("final.kernel").tensor().set(new float[] {10, 0, 0, 0, 10, 0, 0, 0, 10});
        task.module().namedParameters().get("final.bias").tensor().set(new float[3]);
        task.module().namedParameters().get("offsets.kernel").tensor().set(new float[9]);
        task.module().namedParameters().get("offsets.bias").tensor().set(new float[3]);
        return task;
    }

    /** What a pipeline says by default. */
    static InstanceSegmentationFactory.Config config() {
        return config(List.of("floor"), InstanceSegmentationFactory.Grouping.ESTIMATED, Optional.empty());
    }

    static InstanceSegmentationFactory.Config config(
            List<String> stuff, InstanceSegmentationFactory.Grouping grouping, Optional<Double> radius) {
        return config(stuff, grouping, radius, false, Optional.empty());
    }

    static InstanceSegmentationFactory.Config config(
            List<String> stuff,
            InstanceSegmentationFactory.Grouping grouping,
            Optional<Double> radius,
            boolean bothSets,
            Optional<Double> minScore) {
        return config(stuff, grouping, radius, Optional.of(bothSets), minScore, Optional.empty(), 0);
    }

    /** A score network whose proposals begin after a share of the training, and the least score of an object. */
    static InstanceSegmentationFactory.Config scored(double after, Optional<Double> minScore) {
        return config(
                List.of("floor"),
                InstanceSegmentationFactory.Grouping.ESTIMATED,
                Optional.empty(),
                Optional.empty(),
                minScore,
                Optional.of(new Choice<>(new CellNet(), new CellNet.Config())),
                after);
    }

    private static InstanceSegmentationFactory.Config config(
            List<String> stuff,
            InstanceSegmentationFactory.Grouping grouping,
            Optional<Double> radius,
            Optional<Boolean> bothSets,
            Optional<Double> minScore,
            Optional<Choice<ModelContext, Backbone>> scoreNet,
            double proposalsAfter) {
        return new InstanceSegmentationFactory.Config(
                new Choice<>(new NoLoss(), new NoLoss.Config()),
                stuff,
                1,
                1,
                grouping,
                radius,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                bothSets,
                minScore,
                0.3,
                scoreNet,
                14,
                1,
                proposalsAfter,
                ClassNumbers.FLAT);
    }

    /** A backbone on voxels of 1 m that sees each by itself, and where it lies. */
    static final class CellNet implements BackboneFactory<CellNet.Config> {
        record Config() {}

        @Override
        public String name() {
            return "cell-net";
        }

        @Override
        public String summary() {
            return "Cells.";
        }

        @Override
        public Sampler sampling(Config config) {
            return Samplers.voxels(1);
        }

        @Override
        public Backbone create(Config config, ModelContext context) {
            PointwiseConvolution layer =
                    new PointwiseConvolution(context.engine(), context.random(), context.inputChannels(), 2, true);
            // The largest values of both signs over a proposal tell how far it extends.
            return Backbone.of(layer, 8, batch -> {
                Tensor places = Backbone.positions(context.engine(), batch);
                return Tensor.concat(
                        layer.apply(Backbone.inputs(context.engine(), batch)), places.scale(0.1), places.scale(-0.1));
            });
        }
    }

    /** Costs nothing, whatever the classes. */
    static final class NoLoss implements LossFactory<NoLoss.Config, ClassificationLoss> {
        record Config() {}

        @Override
        public String name() {
            return "no-loss";
        }

        @Override
        public String summary() {
            return "Nothing.";
        }

        @Override
        public Class<ClassificationLoss> product() {
            return ClassificationLoss.class;
        }

        @Override
        public ClassificationLoss create(Config config, ModelContext context) {
            return (scores, labels) -> scores.engine().wrap(new float[1], 1);
        }
    }

    /** Keeps what it is warned of. */
    record Context(TensorEngine engine, SceneClasses classes, List<String> warnings) implements TaskContext {

        Context(TensorEngine engine) {
            this(engine, CLASSES, new ArrayList<>());
        }

        @Override
        public int featureChannels() {
            return 3;
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
}
