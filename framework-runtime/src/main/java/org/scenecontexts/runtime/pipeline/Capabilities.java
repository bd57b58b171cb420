package org.scenecontexts.runtime.pipeline;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.select.SelectionFactory;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Position;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.RecordModel;
import org.scenecontexts.runtime.config.ValueType;

/**
 * Fits a backbone to the task above it, and checks that the parts of a stage give each other what they ask for.
 *
 * @since 0.1
 */
public final class Capabilities {

    private Capabilities() {}

    static void check(TrainStage stage, StageDraft draft, String path, Problems problems) {
        Position at = draft.keys().get("backbone").map(Node::position).orElse(draft.kindAt());
        check(stage.backbone(), stage.task(), at, path + ".train.backbone", problems);
        checkHooks(stage, draft, path, problems);
        checkGroups(stage, draft, path, problems);
    }

    /** A weight decay for some parameters needs an optimizer that has one. */
    private static void checkGroups(TrainStage stage, StageDraft draft, String path, Problems problems) {
        boolean has = RecordModel.of(stage.optimizer().config().getClass())
                .key(TrainStage.WEIGHT_DECAY)
                .filter(key -> key.type().equals(new ValueType.Decimal(false)))
                .isPresent();
        for (int i = 0; i < stage.groups().size() && !has; i++) {
            if (stage.groups().get(i).weightDecay().isPresent()) {
                problems.add(Problem.error(
                                "the optimizer '" + stage.optimizer().type() + "' has no number '"
                                        + TrainStage.WEIGHT_DECAY + "' that a group could change",
                                draft.keys().get("groups").map(Node::position).orElse(draft.kindAt()),
                                path + ".train.groups[" + i + "]")
                        .suggesting("leave it out of the group, or choose another optimizer"));
            }
        }
    }

    /** A hook that waits for measurements would wait for ever where there are none. */
    private static void checkHooks(TrainStage stage, StageDraft draft, String path, Problems problems) {
        for (int i = 0; i < stage.hooks().size() && stage.validation().isEmpty(); i++) {
            String type = stage.hooks().get(i).type();
            String place = path + ".train.hooks[" + i + "]";
            Position at = draft.keys().get("hooks").map(Node::position).orElse(draft.kindAt());
            try {
                if (HookChoices.needsValidation(stage.hooks().get(i))) {
                    problems.add(Problem.error(
                                    "the hook '" + type + "' looks at measurements, but the stage has no 'validation'",
                                    at,
                                    place)
                            .suggesting("add 'validation: {data: ..., benchmark: ...}', or leave out the hook"));
                }
            } catch (RuntimeException | LinkageError e) {
                problems.add(
                        Problem.error("cannot tell whether the hook '" + type + "' fits the stage: " + e, at, place));
            }
        }
    }

    static void check(EvaluateStage stage, StageDraft draft, String path, Problems problems) {
        Position at = draft.keys().get("network").map(Node::position).orElse(draft.kindAt());
        stage.network()
                .ifPresent(network ->
                        check(network.backbone(), network.task(), at, path + ".evaluate.network.backbone", problems));
    }

    private static void check(
            Choice<?, ?> chosenBackbone, Choice<?, ?> chosenTask, Position at, String path, Problems problems) {
        if (!(chosenBackbone.factory() instanceof BackboneFactory<?> backbone)
                || !(chosenTask.factory() instanceof TaskFactory<?> task)) {
            return;
        }
        try {
            Set<Capability> missing = EnumSet.noneOf(Capability.class);
            missing.addAll(requires(task, chosenTask));
            Set<Capability> given = EnumSet.noneOf(Capability.class);
            given.addAll(provides(backbone, chosenBackbone, missing));
            if (given.contains(Capability.POINT_FEATURES)) {
                given.add(Capability.SEEDS);
            }
            missing.removeAll(given);
            if (!missing.isEmpty()) {
                problems.add(Problem.error(
                                "the task '" + chosenTask.type() + "' needs " + words(missing)
                                        + ", which the backbone '" + chosenBackbone.type() + "' does not give",
                                at,
                                path)
                        .suggesting("'" + chosenBackbone.type() + "' gives " + words(given)
                                + "; choose another backbone or task"));
            }
        } catch (RuntimeException | LinkageError e) {
            problems.add(Problem.error(
                    "cannot tell whether backbone '" + chosenBackbone.type() + "' and task '" + chosenTask.type()
                            + "' fit: " + e,
                    at,
                    path));
        }
    }

    /** Checks that a choice which looks at features has a model to take them from. */
    static void check(SelectStage stage, StageDraft draft, String path, Problems problems) {
        if (stage.model().isEmpty()
                && stage.method().factory() instanceof SelectionFactory<?> method
                && needsFeatures(method, stage.method())) {
            problems.add(Problem.error(
                            "the selection '" + stage.method().type() + "' looks at features, but no 'model' is named",
                            draft.keys().get("method").map(Node::position).orElse(draft.kindAt()),
                            path + ".select.model")
                    .suggesting("add 'model: ${stage}' with a train stage, or a checkpoint file"));
        }
    }

    private static <C extends Record> boolean needsFeatures(SelectionFactory<C> factory, Choice<?, ?> choice) {
        return factory.needsFeatures(factory.configType().cast(choice.config()));
    }

    private static <C extends Record> Set<Capability> requires(TaskFactory<C> factory, Choice<?, ?> choice) {
        return factory.requires(factory.configType().cast(choice.config()));
    }

    /** The backbone as it is built below a task: what its configuration leaves open is what the task asks for. */
    public static Choice<ModelContext, Backbone> suited(
            Choice<ModelContext, Backbone> backbone, Choice<TaskContext, Task> task) {
        return backbone.factory() instanceof BackboneFactory<?> factory
                        && task.factory() instanceof TaskFactory<?> asking
                ? new Choice<>(backbone.factory(), suited(factory, backbone, requires(asking, task)))
                : backbone;
    }

    private static <C extends Record> C suited(
            BackboneFactory<C> factory, Choice<?, ?> choice, Set<Capability> wanted) {
        return factory.suited(factory.configType().cast(choice.config()), wanted);
    }

    private static <C extends Record> Set<Capability> provides(
            BackboneFactory<C> factory, Choice<?, ?> choice, Set<Capability> wanted) {
        return factory.provides(suited(factory, choice, wanted));
    }

    private static String words(Set<Capability> capabilities) {
        return Arrays.stream(Capability.values())
                .filter(capabilities::contains)
                .map(capability -> Names.hyphenated(capability.name()))
                .collect(Collectors.joining(", "));
    }
}
