package org.scenecontexts.runtime.guard;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.runtime.plugin.PluginReport;

/** Parts of a plugin that do what a test wants, behind their guards. */
abstract class GuardedParts {

    record None() {}

    /** What the catalog hands out for an extension. */
    @SuppressWarnings("unchecked")
    static <X, T> Factory<None, X, T> guarded(Factory<None, X, T> factory) {
        return (Factory<None, X, T>) new PluginReport(
                        "acme",
                        "1.2",
                        "",
                        Path.of("acme.jar"),
                        PluginReport.Origin.FOLDER,
                        List.<ExtensionPoint>of(factory),
                        List.of())
                .extensions()
                .getFirst();
    }

    abstract static class Named {
        public String name() {
            return "widget";
        }

        public String summary() {
            return "For tests.";
        }

        public Class<None> configType() {
            return None.class;
        }
    }

    static final class Backbones extends Named implements BackboneFactory<None> {
        private final Function<ModelContext, Backbone> maker;
        private final Sampler sampler;

        Backbones(Function<ModelContext, Backbone> maker, Sampler sampler) {
            this.maker = maker;
            this.sampler = sampler;
        }

        @Override
        public Sampler sampling(None config) {
            return sampler;
        }

        @Override
        public Backbone create(None config, ModelContext context) {
            return maker.apply(context);
        }
    }

    record FixedBackbone(Module module, int channels, Function<PointBatch, Tensor> computer) implements Backbone {
        @Override
        public Tensor features(PointBatch batch) {
            return computer.apply(batch);
        }
    }

    static Backbone backbone(Function<PointBatch, Tensor> features) {
        return guarded(new Backbones(context -> new FixedBackbone(new Module() {}, 4, features), Samplers.points(8)))
                .create(new None(), null);
    }

    static Scene scene(int... labels) {
        return Scene.ofPositions("hall", new float[3 * labels.length]).withLabels(labels);
    }

    static SampledPoints sampled() {
        return new SampledPoints(scene(0, 1, 0), new int[0], 0, new int[] {0, 1, 2}, new int[] {0, 1, 2});
    }

    static Batch batch() {
        return Batch.of(List.of(Sample.of(Example.of(scene(0, 1, 0)), List.of(sampled()))), List.of(InputFeature.ONES));
    }

    static final class Tasks extends Named implements TaskFactory<None> {
        private final BiFunction<Backbone, Batch, LossResult> loss;
        private final Function<Batch, List<ScenePrediction>> predictor;

        Tasks(BiFunction<Backbone, Batch, LossResult> loss, Function<Batch, List<ScenePrediction>> predictor) {
            this.loss = loss;
            this.predictor = predictor;
        }

        @Override
        public Set<Prediction.Part> gives(None config) {
            return Set.of(Prediction.Part.LABELS);
        }

        @Override
        public Task create(None config, TaskContext context) {
            return new Task() {
                @Override
                public Module module() {
                    return new Module() {};
                }

                @Override
                public LossResult loss(Backbone backbone, Batch batch) {
                    return loss.apply(backbone, batch);
                }

                @Override
                public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
                    return predictor.apply(batch);
                }
            };
        }
    }

    static Task losing(BiFunction<Backbone, Batch, LossResult> loss) {
        return guarded(new Tasks(loss, batch -> List.of())).create(new None(), null);
    }

    static Task predicting(Function<Batch, List<ScenePrediction>> predictor) {
        return guarded(new Tasks((backbone, batch) -> null, predictor)).create(new None(), null);
    }

    static final class Datasets extends Named implements DatasetFactory<None> {
        private final Dataset data;

        Datasets(Dataset data) {
            this.data = data;
        }

        @Override
        public Dataset create(None config, BuildContext context) {
            return data;
        }
    }

    record FixedData(List<String> ids, int views, IntFunction<Example> maker) implements Dataset {
        @Override
        public int size() {
            return ids.size();
        }

        @Override
        public SceneClasses classes() {
            return SceneClasses.of(List.of("floor", "wall"));
        }

        @Override
        public String id(int index) {
            return ids.get(index);
        }

        @Override
        public Example load(int index) {
            return maker.apply(index);
        }
    }

    static Dataset data(IntFunction<Example> maker) {
        return guarded(new Datasets(new FixedData(List.of("a", "b"), 1, maker))).create(new None(), null);
    }
}
