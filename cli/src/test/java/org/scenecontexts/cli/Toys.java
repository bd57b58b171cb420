package org.scenecontexts.cli;

import java.util.Set;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.DatasetFactory;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;

/** Factories that tests of the command name in pipelines and never create anything with. */
public final class Toys {

    private Toys() {}

    private static UnsupportedOperationException neverCreated() {
        return new UnsupportedOperationException("these tests create nothing");
    }

    public static final class Net implements BackboneFactory<Net.Config> {
        public record Config(
                @Doc("Multiplies all widths.") @Default("1.0") @Positive
                double width,

                @Doc("Whether layers have a bias.") @Default("false")
                boolean withBias) {}

        @Override
        public String name() {
            return "toy-net";
        }

        @Override
        public String summary() {
            return "A toy network.";
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

    public static final class Rooms implements DatasetFactory<Rooms.Config> {
        public record Config(@Min(1) int scenes) {}

        @Override
        public String name() {
            return "toy-rooms";
        }

        @Override
        public String summary() {
            return "Toy rooms.";
        }

        @Override
        public Dataset create(Config config, BuildContext context) {
            throw neverCreated();
        }
    }

    public static final class Label implements TaskFactory<Label.Config> {
        public record Config() {}

        @Override
        public Set<Prediction.Part> gives(Config config) {
            return Set.of(Prediction.Part.LABELS);
        }

        @Override
        public String name() {
            return "toy-label";
        }

        @Override
        public String summary() {
            return "A toy task.";
        }

        @Override
        public Task create(Config config, TaskContext context) {
            throw neverCreated();
        }
    }

    public static final class Score implements BenchmarkFactory<Score.Config> {
        public record Config() {}

        @Override
        public Set<Prediction.Part> takes(Config config) {
            return Set.of(Prediction.Part.LABELS);
        }

        @Override
        public String name() {
            return "toy-score";
        }

        @Override
        public String summary() {
            return "A toy benchmark.";
        }

        @Override
        public String leadingFigure() {
            return "score";
        }

        @Override
        public Benchmark create(Config config, Context context) {
            throw neverCreated();
        }
    }
}
