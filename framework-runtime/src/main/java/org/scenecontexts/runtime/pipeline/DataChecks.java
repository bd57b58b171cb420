package org.scenecontexts.runtime.pipeline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.DataOutline;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Position;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;

/**
 * Checks that the data of a stage is what its task and its benchmarks need: as many views, labels and other parts, the
 * classes of the model; and that its task predicts what is asked for. Only what data sets state about themselves counts; the rest shows when they are read.
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

    private interface Check {
        void run();
    }

    void check(TrainStage stage) {
        attempt("data", () -> {
            Tasks.Facts task = Tasks.facts(stage.task());
            DataOutline outline = DataOutline.of(stage.data());
            views(task, outline, stage.data(), "data");
            parts("the task '" + task.task() + "' learns from", task.needs(), outline, stage.data(), "data");
            inputs(stage.inputs(), outline, stage.data(), "inputs");
            stage.validation().ifPresent(validation -> {
                check(validation, task, outline);
                inputs(stage.inputs(), DataOutline.of(validation.data()), validation.data(), "validation.data");
            });
        });
    }

    private void check(TrainStage.Validation validation, Tasks.Facts task, DataOutline training) {
        DataOutline outline = DataOutline.of(validation.data());
        views(task, outline, validation.data(), "validation.data");
        classes(training, "the training data", outline, "validation.data");
        if (validation.benchmark().isPresent()) {
            Choice<?, ?> benchmark = validation.benchmark().get();
            predictions(
                    task,
                    benchmark,
                    "validation.benchmark",
                    "leave out 'benchmark': the loss on these scenes is then measured and chooses the best checkpoint");
            parts(compares(benchmark), Benchmarks.needs(benchmark), outline, validation.data(), "validation.data");
        } else {
            parts(
                    "the loss of the task '" + task.task() + "' compares with",
                    task.needs(),
                    outline,
                    validation.data(),
                    "validation.data");
        }
    }

    private static String compares(Choice<?, ?> benchmark) {
        return "the benchmark '" + benchmark.type() + "' compares with";
    }

    void check(EvaluateStage stage) {
        attempt("data", () -> {
            DataOutline outline = DataOutline.of(stage.data());
            Optional<Choice<TaskContext, Task>> task = stage.network()
                    .map(EvaluateStage.Network::task)
                    .or(() -> trainedBy(stage.model()).map(TrainStage::task));
            task.map(Tasks::facts).ifPresent(facts -> {
                views(facts, outline, stage.data(), "data");
                for (Choice<?, ?> benchmark : stage.benchmark()) {
                    predictions(
                            facts,
                            benchmark,
                            facts.gives().isEmpty() ? "model" : "benchmark",
                            "measure its loss with 'validation' in its train stage, without 'benchmark'");
                }
            });
            stage.network()
                    .map(EvaluateStage.Network::inputs)
                    .or(() -> trainedBy(stage.model()).map(TrainStage::inputs))
                    .ifPresent(inputs -> inputs(inputs, outline, stage.data(), "data"));
            trainedBy(stage.model())
                    .ifPresent(train ->
                            classes(DataOutline.of(train.data()), "the model's training data", outline, "data"));
            if (stage.benchmark().isEmpty()) {
                task.map(Tasks::facts)
                        .ifPresent(facts -> parts(
                                "the loss of the task '" + facts.task() + "' compares with",
                                facts.needs(),
                                outline,
                                stage.data(),
                                "data"));
            }
            for (Choice<?, ?> benchmark : stage.export() ? List.<Choice<?, ?>>of() : stage.benchmark()) {
                parts(compares(benchmark), Benchmarks.needs(benchmark), outline, stage.data(), "data");
            }
        });
    }

    void check(RetrieveStage stage) {
        attempt("data", () -> {
            DataOutline bank = DataOutline.of(stage.bank());
            DataOutline outline = DataOutline.of(stage.data());
            Set<ScenePart> labels = Set.of(ScenePart.LABELS);
            parts("the neighbours of a retrieval vote with", labels, bank, stage.bank(), "bank");
            parts("a retrieval compares with", labels, outline, stage.data(), "data");
            classes(bank, "the bank", outline, "data");
            trainedBy(stage.model()).map(TrainStage::inputs).ifPresent(inputs -> {
                inputs(inputs, bank, stage.bank(), "bank");
                inputs(inputs, outline, stage.data(), "data");
            });
        });
    }

    void check(PredictStage stage) {
        attempt(
                "data",
                () -> trainedBy(stage.model())
                        .map(train -> Tasks.facts(train.task()))
                        .ifPresent(task -> {
                            views(task, DataOutline.of(stage.data()), stage.data(), "data");
                            outputs(task, stage);
                        }));
    }

    private void outputs(Tasks.Facts task, PredictStage stage) {
        if (task.gives().isEmpty()) {
            report(
                    "the task '" + task.task() + "' makes no predictions",
                    "model",
                    "train a task on top of it with 'init' and name that stage");
            return;
        }
        for (Choice<?, ?> export : stage.export()) {
            Set<Prediction.Part> missing = new LinkedHashSet<>(Benchmarks.takesToExport(export));
            missing.removeAll(task.gives());
            if (!missing.isEmpty()) {
                report(
                        "the export '" + export.type() + "' takes " + words(missing) + ", the task '" + task.task()
                                + "' gives " + words(task.gives()),
                        "export",
                        "leave it out");
            }
        }
        if (stage.out().contains(PredictStage.Output.LOGITS) && !task.gives().contains(Prediction.Part.LABELS)) {
            report(
                    "'out' asks for logits, but the task '" + task.task() + "' gives " + words(task.gives())
                            + " and no scores of classes",
                    "out",
                    "leave out 'logits'");
        }
    }

    private Optional<TrainStage> trainedBy(ModelRef model) {
        return model instanceof ModelRef.OfStage(String id, ModelRef.Checkpoint checkpoint)
                ? earlier.stream()
                        .filter(stage -> stage.id().equals(id) && stage.config() instanceof TrainStage)
                        .map(stage -> (TrainStage) stage.config())
                        .findFirst()
                : Optional.empty();
    }

    private void views(Tasks.Facts task, DataOutline outline, Choice<BuildContext, Dataset> data, String key) {
        OptionalInt views = outline.views();
        if (views.isPresent() && views.getAsInt() != task.views()) {
            report(
                    "the task '" + task.task() + "' needs examples of " + task.views() + " view(s), the data '"
                            + data.type() + "' gives " + views.getAsInt(),
                    key,
                    task.views() > 1
                            ? "choose a data set of pairs of views, such as those that 'csc plugins list' shows as"
                                    + " pairs"
                            : "choose a data set of single scenes; pairs are for pre-training");
        }
    }

    private void inputs(
            List<InputFeature> inputs, DataOutline outline, Choice<BuildContext, Dataset> data, String key) {
        for (InputFeature input : inputs) {
            if (input instanceof InputFeature.OfPoints attribute
                    && outline.has(ScenePart.ofPoints(attribute.name()))
                            .filter(has -> !has)
                            .isPresent()) {
                List<String> there = outline.pointAttributes();
                report(
                        "the network is told '" + attribute.name() + "', but points of the data '" + data.type()
                                + "' have no such attribute; they have "
                                + (there.isEmpty() ? "none" : String.join(", ", there)),
                        key,
                        "name one of these or " + InputFeature.coreWords()
                                + ", or let the data read it (see 'csc plugins" + " show " + data.type() + "')");
            }
        }
    }

    /** @param who a text that ends before the name of the part: {@code the task 'x' learns from} */
    private void parts(
            String who, Set<ScenePart> needs, DataOutline outline, Choice<BuildContext, Dataset> data, String key) {
        for (ScenePart part : needs) {
            if (outline.has(part).filter(has -> !has).isPresent()) {
                report(
                        who + " " + part + ", the data '" + data.type() + "' has none",
                        key,
                        "say which field of the files holds them (see 'csc plugins show " + data.type()
                                + "'), or choose data that has " + part);
            }
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

    /** @param next what to do for a task without predictions */
    private void predictions(Tasks.Facts task, Choice<?, ?> benchmark, String key, String next) {
        if (task.gives().isEmpty()) {
            report("the task '" + task.task() + "' makes no predictions", key, next);
            return;
        }
        Set<Prediction.Part> missing = new LinkedHashSet<>(Benchmarks.takes(benchmark));
        missing.removeAll(task.gives());
        if (!missing.isEmpty()) {
            report(
                    "the benchmark '" + benchmark.type() + "' takes " + words(missing) + ", the task '" + task.task()
                            + "' gives " + words(task.gives()),
                    key,
                    "choose a benchmark for what the task gives, or another task");
        }
    }

    private static String words(Set<Prediction.Part> parts) {
        return parts.stream().map(Prediction.Part::toString).collect(Collectors.joining(", "));
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
