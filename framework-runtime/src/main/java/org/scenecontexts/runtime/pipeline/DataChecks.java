package org.scenecontexts.runtime.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Position;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;

/**
 * Checks that the data of a stage is what its task and its benchmarks need: as many views, labels, the classes of the
 * model. Only what data sets state about themselves counts; the rest shows when they are read.
 */
final class DataChecks {

    private final StageDraft draft;
    private final String path;
    private final Problems problems;
    private final List<Stage> earlier;

    /** @param earlier the stages before this one, bound */
    DataChecks(StageDraft draft, String path, Problems problems, List<Stage> earlier) {
        this.draft = draft;
        this.path = path + "." + draft.kind().key() + ".";
        this.problems = problems;
        this.earlier = earlier;
    }

    /** What a task says about itself. */
    private record Needs(String task, int views, boolean labels, boolean predicts) {

        static Optional<Needs> of(Choice<TaskContext, Task> choice) {
            return choice.factory() instanceof TaskFactory<?> factory
                    ? Optional.of(of(factory, choice.config()))
                    : Optional.empty();
        }

        private static <C extends Record> Needs of(TaskFactory<C> factory, Record config) {
            C own = factory.configType().cast(config);
            return new Needs(factory.name(), factory.views(own), factory.needsLabels(own), factory.predicts(own));
        }
    }

    private interface Check {
        void run();
    }

    void check(TrainStage stage) {
        attempt(
                "data",
                () -> Needs.of(stage.task()).ifPresent(needs -> {
                    DataOutline outline = DataOutline.of(stage.data());
                    views(needs, outline, stage.data(), "data");
                    if (needs.labels()) {
                        labels("the task '" + needs.task() + "' learns from labels", outline, stage.data(), "data");
                    }
                    stage.validation().ifPresent(validation -> check(validation, needs, outline));
                }));
    }

    private void check(TrainStage.Validation validation, Needs needs, DataOutline training) {
        DataOutline outline = DataOutline.of(validation.data());
        views(needs, outline, validation.data(), "validation.data");
        classes(training, "the training data", outline, "validation.data");
        if (validation.benchmark().isPresent()) {
            Choice<?, ?> benchmark = validation.benchmark().get();
            predictions(
                    needs,
                    "validation.benchmark",
                    "leave out 'benchmark': the loss on these scenes is then measured and chooses the best checkpoint");
            if (Benchmarks.needsLabels(benchmark)) {
                labels(
                        "the benchmark '" + benchmark.type() + "' compares with labels",
                        outline,
                        validation.data(),
                        "validation.data");
            }
        }
    }

    void check(EvaluateStage stage) {
        attempt("data", () -> {
            DataOutline outline = DataOutline.of(stage.data());
            Optional<Choice<TaskContext, Task>> task = stage.network()
                    .map(EvaluateStage.Network::task)
                    .or(() -> trainedBy(stage.model()).map(TrainStage::task));
            task.flatMap(Needs::of).ifPresent(needs -> {
                views(needs, outline, stage.data(), "data");
                predictions(
                        needs, "model", "measure its loss with 'validation' in its train stage, without 'benchmark'");
            });
            trainedBy(stage.model())
                    .ifPresent(train ->
                            classes(DataOutline.of(train.data()), "the model's training data", outline, "data"));
            for (Choice<?, ?> benchmark : stage.benchmark()) {
                if (Benchmarks.needsLabels(benchmark) && !stage.export()) {
                    labels(
                            "the benchmark '" + benchmark.type() + "' compares with labels",
                            outline,
                            stage.data(),
                            "data");
                }
            }
        });
    }

    void check(PredictStage stage) {
        attempt(
                "data",
                () -> trainedBy(stage.model())
                        .flatMap(train -> Needs.of(train.task()))
                        .ifPresent(needs -> {
                            views(needs, DataOutline.of(stage.data()), stage.data(), "data");
                            predictions(needs, "model", "train a task on top of it with 'init' and name that stage");
                        }));
    }

    private Optional<TrainStage> trainedBy(ModelRef model) {
        return model instanceof ModelRef.OfStage(String id, ModelRef.Checkpoint checkpoint)
                ? earlier.stream()
                        .filter(stage -> stage.id().equals(id) && stage.config() instanceof TrainStage)
                        .map(stage -> (TrainStage) stage.config())
                        .findFirst()
                : Optional.empty();
    }

    private void views(Needs needs, DataOutline outline, Choice<BuildContext, Dataset> data, String key) {
        OptionalInt views = outline.views();
        if (views.isPresent() && views.getAsInt() != needs.views()) {
            report(
                    "the task '" + needs.task() + "' needs examples of " + needs.views() + " view(s), the data '"
                            + data.type() + "' gives " + views.getAsInt(),
                    key,
                    needs.views() > 1
                            ? "choose a data set of pairs of views, such as those that 'csc plugins list' shows as pairs"
                            : "choose a data set of single scenes; pairs are for pre-training");
        }
    }

    private void labels(String who, DataOutline outline, Choice<BuildContext, Dataset> data, String key) {
        if (outline.labelled().filter(labelled -> !labelled).isPresent()) {
            report(
                    who + ", the data '" + data.type() + "' has none",
                    key,
                    "say which field of the files holds them (see 'csc plugins show " + data.type()
                            + "'), or choose labelled data");
        }
    }

    private void classes(DataOutline expected, String whose, DataOutline found, String key) {
        List<String> wanted = expected.classes().map(SceneClasses::names).orElse(List.of());
        List<String> given = found.classes().map(SceneClasses::names).orElse(List.of());
        if (!wanted.isEmpty() && !given.isEmpty() && !wanted.equals(given)) {
            report(
                    "the data has the classes " + given + ", " + whose + " has " + wanted,
                    key,
                    "give both the same classes in the same order");
        }
    }

    private void predictions(Needs needs, String key, String next) {
        if (!needs.predicts()) {
            report("the task '" + needs.task() + "' makes no predictions", key, next);
        }
    }

    /** A plugin that cannot say what it needs must not keep the other problems from being told. */
    private void attempt(String key, Check check) {
        try {
            check.run();
        } catch (RuntimeException | LinkageError e) {
            report("cannot tell whether data and task fit: " + e.getMessage(), key, "");
        }
    }

    private void report(String message, String key, String next) {
        problems.add(Problem.error(message, at(key), path + key).suggesting(next));
    }

    private Position at(String key) {
        Node at = draft.keys();
        for (String name : key.split("\\.")) {
            Optional<Node> inner = at instanceof Node.Mapping mapping ? mapping.get(name) : Optional.empty();
            if (inner.isEmpty()) {
                return at == draft.keys() ? draft.kindAt() : at.position();
            }
            at = inner.get();
        }
        return at.position();
    }
}
