package org.scenecontexts.runtime.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.api.optim.Schedule;
import org.scenecontexts.api.optim.ScheduleFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;

/** Factories with names and keys like real ones, for tests that never create anything with them. */
public final class Toys implements FactoryLookup {

    private final List<Registered> registered = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** One factory for every extension point that a pipeline needs. */
    public static Toys all() {
        return new Toys()
                .add("toy-nets", new Unet())
                .add("toy-nets", new Points())
                .add("toy-tasks", new Semseg())
                .add("toy-tasks", new Detection())
                .add("toy-data", new Rooms())
                .add("toy-data", new Flip())
                .add("toy-tasks", new Iou())
                .add("toy-core", new Sgd())
                .add("toy-core", new Poly())
                .add("toy-core", new Cpu());
    }

    public Toys add(String plugin, Factory<?, ?, ?> factory) {
        registered.add(new Registered(plugin, "1.0", factory));
        return this;
    }

    public Toys failing(String failure) {
        failures.add(failure);
        return this;
    }

    @Override
    public List<Registered> factories(Class<?> product) {
        return registered.stream()
                .filter(offer -> product.isAssignableFrom(offer.factory().product()))
                .toList();
    }

    @Override
    public List<String> failures() {
        return List.copyOf(failures);
    }

    private static UnsupportedOperationException neverCreated() {
        return new UnsupportedOperationException("these tests create nothing");
    }

    public static final class Unet implements BackboneFactory<Unet.Config> {
        public record Config(
                @Doc("Multiplies all widths.") @Default("1.0") @Positive
                double width,

                @Doc("Whether layers have a bias.") @Default("false")
                boolean bias) {}

        @Override
        public String name() {
            return "toy-unet";
        }

        @Override
        public String summary() {
            return "A toy.";
        }

        @Override
        public Sampler sampling(Config config) {
            return Samplers.all();
        }

        @Override
        public Backbone create(Config config, ModelContext context) {
            throw neverCreated();
        }
    }

    public static final class Points implements BackboneFactory<Points.Config> {
        public record Config() {}

        @Override
        public String name() {
            return "toy-points";
        }

        @Override
        public String summary() {
            return "A toy with seeds.";
        }

        @Override
        public Sampler sampling(Config config) {
            return Samplers.all();
        }

        @Override
        public Set<Capability> provides(Config config) {
            return Set.of(Capability.POINT_FEATURES, Capability.GRID);
        }

        @Override
        public Backbone create(Config config, ModelContext context) {
            throw neverCreated();
        }
    }

    public static final class Semseg implements TaskFactory<Semseg.Config> {
        public record Config(@Default("0") @Min(0) @Max(1) float smoothing) {}

        @Override
        public Set<Prediction.Part> gives(Config config) {
            return Set.of(Prediction.Part.LABELS);
        }

        @Override
        public String name() {
            return "toy-semseg";
        }

        @Override
        public String summary() {
            return "A toy.";
        }

        @Override
        public Task create(Config config, TaskContext context) {
            throw neverCreated();
        }
    }

    public static final class Detection implements TaskFactory<Detection.Config> {
        public record Config() {}

        @Override
        public Set<Prediction.Part> gives(Config config) {
            return Set.of(Prediction.Part.BOXES);
        }

        @Override
        public String name() {
            return "toy-detection";
        }

        @Override
        public String summary() {
            return "A toy that needs seeds.";
        }

        @Override
        public Set<Capability> requires(Config config) {
            return Set.of(Capability.GRID);
        }

        @Override
        public Task create(Config config, TaskContext context) {
            throw neverCreated();
        }
    }

    public static final class Rooms implements DatasetFactory<Rooms.Config> {
        public enum Split {
            TRAIN,
            HELD_OUT
        }

        /** Where scanners stand. */
        public record Scanner(@Default("1.5") double height, Optional<String> model) {}

        public record Config(
                @Doc("Number of rooms.") @Min(1) int scenes,
                @Default("train") Split split,
                @Default("{}") Map<String, Integer> counts,
                @Default("[0.5, 1.0]") List<Double> scales,
                Optional<Path> folder,
                Optional<Scanner> scanner,
                @Default("lab") @NotEmpty String label) {

            public Config {
                if (scenes > 1000 && split == Split.HELD_OUT) {
                    throw new IllegalArgumentException("there are 1000 held-out rooms, found scenes: " + scenes);
                }
            }
        }

        @Override
        public String name() {
            return "toy-rooms";
        }

        @Override
        public String summary() {
            return "A toy.";
        }

        @Override
        public Dataset create(Config config, BuildContext context) {
            throw neverCreated();
        }
    }

    public static final class Flip implements TransformFactory<Flip.Config> {
        public record Config(@Default("0.5") @Min(0) @Max(1) double probability) {}

        @Override
        public String name() {
            return "toy-flip";
        }

        @Override
        public String summary() {
            return "A toy.";
        }

        @Override
        public Transform create(Config config, BuildContext context) {
            throw neverCreated();
        }
    }

    public static final class Iou implements BenchmarkFactory<Iou.Config> {
        public record Config() {}

        @Override
        public Set<Prediction.Part> takes(Config config) {
            return Set.of(Prediction.Part.LABELS);
        }

        @Override
        public String name() {
            return "toy-iou";
        }

        @Override
        public String summary() {
            return "A toy.";
        }

        @Override
        public String leadingFigure() {
            return "miou";
        }

        @Override
        public Benchmark create(Config config, Context context) {
            throw neverCreated();
        }
    }

    public static final class Sgd implements OptimizerFactory<Sgd.Config> {
        public record Config(
                @Doc("Learning rate.") @Default("0.1") @Positive
                double lr,

                @Default("1e-4") double weightDecay) {}

        @Override
        public String name() {
            return "sgd";
        }

        @Override
        public String summary() {
            return "A toy.";
        }

        @Override
        public Optimizer create(Config config, Context context) {
            throw neverCreated();
        }
    }

    public static final class Poly implements ScheduleFactory<Poly.Config> {
        public record Config(@Default("0.9") double power) {}

        @Override
        public String name() {
            return "poly";
        }

        @Override
        public String summary() {
            return "A toy.";
        }

        @Override
        public Schedule create(Config config, Context context) {
            throw neverCreated();
        }
    }

    public static final class Cpu implements EngineFactory<Cpu.Config> {
        public record Config() {}

        @Override
        public String name() {
            return "cpu";
        }

        @Override
        public String summary() {
            return "A toy.";
        }

        @Override
        public List<String> availability() {
            return List.of("a toy");
        }

        @Override
        public TensorEngine create(Config config, Context context) {
            throw neverCreated();
        }
    }

    /** A key that chooses a plugin, for tests of binding alone. */
    public record Chooser(Choice<BuildContext, Dataset> data) {}
}
