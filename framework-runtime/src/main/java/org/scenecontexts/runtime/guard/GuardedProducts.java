package org.scenecontexts.runtime.guard;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.Schedule;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.api.select.Selection;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.tensor.Tensor;

/** Chooses the guard of what a factory made, and holds those that have little to check. */
final class GuardedProducts {

    private static final Map<Class<?>, BiFunction<Guard, Object, Object>> GUARDS = Map.ofEntries(
            entry(Backbone.class, GuardedBackbone::new),
            entry(Task.class, GuardedTask::new),
            entry(Dataset.class, GuardedDataset::new),
            entry(Transform.class, GuardedTransform::new),
            entry(Benchmark.class, GuardedBenchmark::new),
            entry(ClassificationLoss.class, GuardedClassificationLoss::new),
            entry(ContrastiveLoss.class, GuardedContrastiveLoss::new),
            entry(Selection.class, GuardedSelection::new),
            entry(Preparation.class, GuardedPreparation::new),
            entry(Optimizer.class, GuardedOptimizer::new),
            entry(Schedule.class, GuardedSchedule::new));

    private GuardedProducts() {}

    private static <T> Map.Entry<Class<?>, BiFunction<Guard, Object, Object>> entry(
            Class<T> kind, BiFunction<Guard, T, Object> guarded) {
        return Map.entry(kind, (guard, product) -> guarded.apply(guard, kind.cast(product)));
    }

    /** The kinds of product that have a guard. */
    static Set<Class<?>> kinds() {
        return GUARDS.keySet();
    }

    /**
     * Puts a product behind its guard; one of a kind that a plugin has defined stays as it is.
     *
     * @param kind what the factory says that it creates: somebody may ask for a subtype, which a guard would hide
     */
    static Object guard(Guard guard, Class<?> kind, Object product) {
        BiFunction<Guard, Object, Object> guarded = GUARDS.get(kind);
        return guarded == null ? product : guarded.apply(guard, product);
    }

    private record GuardedTransform(Guard guard, Transform transform) implements Transform, Guarded {
        @Override
        public PluginPart part() {
            return guard.part();
        }

        @Override
        public Scene apply(Scene scene, RandomGenerator random) {
            return guard.notNull("apply(scene)", "the changed scene", () -> transform.apply(scene, random));
        }

        @Override
        public int others() {
            return guard.call("others()", transform::others);
        }

        @Override
        public Scene apply(Scene scene, List<Scene> others, RandomGenerator random) {
            return guard.notNull(
                    "apply(scene, others)", "the changed scene", () -> transform.apply(scene, others, random));
        }

        @Override
        public SampledPoints applySampled(SampledPoints points, RandomGenerator random) {
            return guard.notNull(
                    "applySampled(points)", "the changed points", () -> transform.applySampled(points, random));
        }
    }

    private record GuardedBenchmark(Guard guard, Benchmark benchmark) implements Benchmark, Guarded {
        @Override
        public PluginPart part() {
            return guard.part();
        }

        @Override
        public void prepareExport(Path folder) {
            guard.call("prepareExport(folder)", () -> {
                benchmark.prepareExport(folder);
                return folder;
            });
        }

        @Override
        public void add(Scene scene, SampledPoints points, ScenePrediction prediction) {
            guard.call("add(scene '" + scene.id() + "')", () -> {
                benchmark.add(scene, points, prediction);
                return scene;
            });
        }

        @Override
        public Report report() {
            Report report = guard.notNull("report()", "a report", benchmark::report);
            if (report.figures().containsKey(null) || report.figures().containsValue(null)) {
                throw guard.breach("report()", "gave the figures " + report.figures(), "names and numbers, no null");
            }
            return report;
        }

        @Override
        public void export(Path folder) {
            guard.call("export(folder)", () -> {
                benchmark.export(folder);
                return folder;
            });
        }
    }

    private record GuardedClassificationLoss(Guard guard, ClassificationLoss loss)
            implements ClassificationLoss, Guarded {
        @Override
        public PluginPart part() {
            return guard.part();
        }

        @Override
        public Tensor apply(Tensor scores, Indices labels) {
            String method = "apply(scores, labels)";
            return guard.scalar(method, guard.call(method, () -> loss.apply(scores, labels)));
        }
    }

    private record GuardedContrastiveLoss(Guard guard, ContrastiveLoss loss) implements ContrastiveLoss, Guarded {
        @Override
        public PluginPart part() {
            return guard.part();
        }

        @Override
        public LossResult apply(MatchedViews views, RandomGenerator random) {
            return lossResult(guard, "apply(views)", guard.call("apply(views)", () -> loss.apply(views, random)));
        }
    }

    /** What a loss must be: a scalar with numbers beside it. */
    static LossResult lossResult(Guard guard, String method, LossResult result) {
        if (result == null) {
            throw guard.breach(method, "returned null", "a loss");
        }
        guard.scalar(method, result.total());
        if (!(result.weight() >= 0) || result.figures().containsValue(null)) {
            throw guard.breach(
                    method,
                    "gave the weight " + result.weight() + " and the figures " + result.figures(),
                    "a weight of 0 or more, and numbers");
        }
        return result;
    }

    private record GuardedSelection(Guard guard, Selection selection) implements Selection, Guarded {
        @Override
        public PluginPart part() {
            return guard.part();
        }

        @Override
        public int[] choose(Scene scene, PointFeatures features, RandomGenerator random) {
            String method = "choose(scene '" + scene.id() + "')";
            int[] chosen = guard.notNull(method, "indices of points", () -> selection.choose(scene, features, random));
            for (int point : chosen) {
                if (point < 0 || point >= scene.size()) {
                    throw guard.breach(
                            method, "chose point " + point, "one of the scene's " + scene.size() + " points, from 0");
                }
            }
            return chosen;
        }
    }

    private record GuardedPreparation(Guard guard, Preparation preparation) implements Preparation, Guarded {
        @Override
        public PluginPart part() {
            return guard.part();
        }

        @Override
        public Map<String, Double> run(WorkProgress progress) {
            return guard.notNull("run(progress)", "figures, which may be none", () -> preparation.run(progress));
        }
    }

    private record GuardedOptimizer(Guard guard, Optimizer optimizer) implements Optimizer, Guarded {
        @Override
        public PluginPart part() {
            return guard.part();
        }

        @Override
        public double learningRate() {
            return guard.call("learningRate()", optimizer::learningRate);
        }

        @Override
        public void step(double learningRate) {
            guard.call("step(" + learningRate + ")", () -> {
                optimizer.step(learningRate);
                return learningRate;
            });
        }

        @Override
        public void step(double learningRate, Buffer flag) {
            guard.call("step(" + learningRate + ", flag)", () -> {
                optimizer.step(learningRate, flag);
                return learningRate;
            });
        }

        @Override
        public List<StateEntry> state() {
            return guard.notNull("state()", "entries, which may be none", optimizer::state);
        }
    }

    private record GuardedSchedule(Guard guard, Schedule schedule) implements Schedule, Guarded {
        @Override
        public PluginPart part() {
            return guard.part();
        }

        @Override
        public double factor(long stepsDone) {
            double factor = guard.call("factor(" + stepsDone + ")", () -> schedule.factor(stepsDone));
            if (!Double.isFinite(factor)) {
                throw guard.breach("factor(" + stepsDone + ")", "returned " + factor, "a finite number");
            }
            return factor;
        }
    }
}
