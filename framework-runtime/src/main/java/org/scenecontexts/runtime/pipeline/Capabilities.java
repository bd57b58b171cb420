package org.scenecontexts.runtime.pipeline;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.select.SelectionFactory;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Position;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.Problems;

/** Checks that the parts of a stage give each other what they ask for. */
final class Capabilities {

    private Capabilities() {}

    static void check(TrainStage stage, StageDraft draft, String path, Problems problems) {
        Position at = draft.keys().get("backbone").map(Node::position).orElse(draft.kindAt());
        check(stage.backbone(), stage.task(), at, path + ".train.backbone", problems);
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
            Set<Capability> given = provides(backbone, chosenBackbone);
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

    private static <C extends Record> Set<Capability> provides(BackboneFactory<C> factory, Choice<?, ?> choice) {
        return factory.provides(factory.configType().cast(choice.config()));
    }

    private static String words(Set<Capability> capabilities) {
        return Arrays.stream(Capability.values())
                .filter(capabilities::contains)
                .map(capability -> Names.hyphenated(capability.name()))
                .collect(Collectors.joining(", "));
    }
}
