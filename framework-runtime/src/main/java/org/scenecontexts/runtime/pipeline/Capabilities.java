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
        if (!(stage.backbone().factory() instanceof BackboneFactory<?> backbone)
                || !(stage.task().factory() instanceof TaskFactory<?> task)) {
            return;
        }
        Position at = draft.keys().get("backbone").map(Node::position).orElse(draft.kindAt());
        try {
            Set<Capability> missing = EnumSet.noneOf(Capability.class);
            missing.addAll(requires(task, stage.task()));
            Set<Capability> given = provides(backbone, stage.backbone());
            missing.removeAll(given);
            if (!missing.isEmpty()) {
                problems.add(Problem.error(
                                "the task '" + stage.task().type() + "' needs " + words(missing)
                                        + ", which the backbone '"
                                        + stage.backbone().type() + "' does not give",
                                at,
                                path + ".train.backbone")
                        .suggesting("'" + stage.backbone().type() + "' gives " + words(given)
                                + "; choose another backbone or task"));
            }
        } catch (RuntimeException | LinkageError e) {
            problems.add(Problem.error(
                    "cannot tell whether backbone '" + stage.backbone().type() + "' and task '"
                            + stage.task().type() + "' fit: " + e,
                    at,
                    path + ".train.backbone"));
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
