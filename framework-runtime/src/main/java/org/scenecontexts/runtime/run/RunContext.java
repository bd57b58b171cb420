package org.scenecontexts.runtime.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.text.Printable;
import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * What the framework lends to the plugins of one stage, with random numbers that belong to the place of each.
 *
 * @since 0.1
 */
public final class RunContext {

    private final Chance chance;
    private final Consumer<String> warn;
    private final BooleanSupplier stop;
    private final PluginCatalog plugins;
    private final Supplier<long[]> labelCounts;

    /**
     * @param chance the stage's place in the tree of chance
     * @param warn told what plugins want the user to know
     */
    public RunContext(Chance chance, Consumer<String> warn) {
        this(chance, warn, () -> false);
    }

    /** The same for work that can be stopped. */
    public RunContext(Chance chance, Consumer<String> warn, BooleanSupplier stop) {
        this(chance, warn, stop, PluginCatalog.empty());
    }

    /** @param plugins whose extensions plugins may use, such as readers of file formats */
    public RunContext(Chance chance, Consumer<String> warn, BooleanSupplier stop, PluginCatalog plugins) {
        this(chance, message -> warn.accept(Printable.text(message)), stop, plugins, () -> new long[0]);
    }

    private RunContext(
            Chance chance,
            Consumer<String> warn,
            BooleanSupplier stop,
            PluginCatalog plugins,
            Supplier<long[]> labelCounts) {
        this.plugins = plugins;
        this.chance = chance;
        this.warn = warn;
        this.stop = stop;
        this.labelCounts = labelCounts;
    }

    /**
     * The same for the model of a training.
     *
     * @param counts how many points have each class, found out when it is asked for
     */
    public RunContext withLabelCounts(Supplier<long[]> counts) {
        return new RunContext(chance, warn, stop, plugins, counts);
    }

    /** The same for work that has to come to its end. */
    public RunContext unstoppable() {
        return new RunContext(chance, warn, () -> false, plugins, labelCounts);
    }

    /** Whether the user wants the work to end as soon as it can be gone on with later. */
    public boolean stopping() {
        return stop.getAsBoolean();
    }

    /**
     * Ends work that keeps nothing to go on from.
     *
     * @throws RunStoppedException when the user wants that
     */
    public void endIfStopping() {
        if (stopping()) {
            throw new RunStoppedException("stopped; the same command begins this stage again");
        }
    }

    /** For data sets and transforms, which work in loader threads and therefore one thread each. */
    public BuildContext build(String place) {
        return new Plain(chance.at(place).random(), warn, Parallel.sequential(), plugins);
    }

    /** For preparations and selections, which work by themselves and get all threads. */
    public BuildContext build(String place, Parallel parallel) {
        return new Plain(chance.at(place).random(), warn, parallel, plugins);
    }

    /** For benchmarks. */
    public BenchmarkFactory.Context benchmark(String place, SceneClasses classes) {
        return new ForBenchmark(new Plain(chance.at(place).random(), warn, Parallel.sequential(), plugins), classes);
    }

    /**
     * For backbones and tasks.
     *
     * @param random whose state the caller keeps in checkpoints
     * @param featureChannels width of the backbone's features; 0 for the backbone itself
     */
    public TaskContext model(
            SavedRandom random, TensorEngine engine, int inputChannels, SceneClasses classes, int featureChannels) {
        return new ForModel(
                new Plain(random, warn, engine.parallel(), plugins),
                engine,
                inputChannels,
                classes,
                featureChannels,
                labelCounts);
    }

    /** For hooks of a training. */
    public TrainingHookFactory.Context hook(String place, TensorEngine engine, Module network) {
        return new ForHook(new Plain(chance.at(place).random(), warn, engine.parallel(), plugins), engine, network);
    }

    /** Where a part's random numbers come from. */
    public Chance chance(String place) {
        return chance.at(place);
    }

    /** Tells the user something that is not an error. */
    public void warn(String message) {
        warn.accept(message);
    }

    /** Who to tell. */
    public Consumer<String> warnings() {
        return warn;
    }

    private record Plain(RandomGenerator random, Consumer<String> told, Parallel parallel, PluginCatalog plugins)
            implements BuildContext {
        @Override
        public <T extends ExtensionPoint> List<T> extensions(Class<T> type) {
            return plugins.extensions(type);
        }

        @Override
        public Path resolve(Path path) {
            return path.toAbsolutePath().normalize();
        }

        @Override
        public void warn(String message) {
            told.accept(message);
        }
    }

    private record ForBenchmark(BuildContext base, SceneClasses classes) implements BenchmarkFactory.Context {
        @Override
        public RandomGenerator random() {
            return base.random();
        }

        @Override
        public Parallel parallel() {
            return base.parallel();
        }

        @Override
        public Path resolve(Path path) {
            return base.resolve(path);
        }

        @Override
        public <T extends ExtensionPoint> List<T> extensions(Class<T> type) {
            return base.extensions(type);
        }

        @Override
        public void warn(String message) {
            base.warn(message);
        }
    }

    private record ForHook(BuildContext base, TensorEngine engine, Module network)
            implements TrainingHookFactory.Context {
        @Override
        public RandomGenerator random() {
            return base.random();
        }

        @Override
        public Parallel parallel() {
            return base.parallel();
        }

        @Override
        public Path resolve(Path path) {
            return base.resolve(path);
        }

        @Override
        public <T extends ExtensionPoint> List<T> extensions(Class<T> type) {
            return base.extensions(type);
        }

        @Override
        public void warn(String message) {
            base.warn(message);
        }
    }

    private record ForModel(
            BuildContext base,
            TensorEngine engine,
            int inputChannels,
            SceneClasses classes,
            int featureChannels,
            Supplier<long[]> counts)
            implements TaskContext {
        @Override
        public long[] labelCounts() {
            return counts.get().clone();
        }

        @Override
        public RandomGenerator random() {
            return base.random();
        }

        @Override
        public Parallel parallel() {
            return base.parallel();
        }

        @Override
        public Path resolve(Path path) {
            return base.resolve(path);
        }

        @Override
        public <T extends ExtensionPoint> List<T> extensions(Class<T> type) {
            return base.extensions(type);
        }

        @Override
        public void warn(String message) {
            base.warn(message);
        }
    }
}
