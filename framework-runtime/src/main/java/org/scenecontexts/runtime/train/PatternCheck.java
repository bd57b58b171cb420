package org.scenecontexts.runtime.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.pipeline.TrainStage;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.run.ModelSpec;

/**
 * Tells before anything runs which patterns of {@code freeze} and {@code groups} find no parameter: a later stage would
 * otherwise be refused after the hours of an earlier one. Networks are built for it; names of parameters do not depend on
 * the classes.
 *
 * @since 0.1
 */
public final class PatternCheck {

    private PatternCheck() {}

    private record Asked(ModelSpec spec, List<?> freeze, List<?> groups) {}

    /**
     * The patterns that find nothing; none where a network cannot be built without its data, which is checked before its
     * first step.
     */
    public static List<Problem> of(Pipeline pipeline, PluginCatalog plugins) {
        List<Problem> problems = new ArrayList<>();
        Set<Asked> seen = new HashSet<>();
        for (Stage stage : pipeline.stages()) {
            if (stage.config() instanceof TrainStage train && train.namesParameters()) {
                ModelSpec spec = new ModelSpec(train.inputs(), train.backbone(), train.task());
                if (seen.add(new Asked(spec, train.freeze(), train.groups()))) {
                    UnstartedModel.with(spec, UnstartedModel.ANY_CLASSES, plugins, ParameterNames::of)
                            .ifPresent(names -> check(stage, train, names, problems));
                }
            }
        }
        return problems;
    }

    private static void check(Stage stage, TrainStage train, ParameterNames names, List<Problem> problems) {
        for (int i = 0; i < train.freeze().size(); i++) {
            check(stage, "freeze[" + i + "]", train.freeze().get(i).names(), names, problems);
        }
        for (int i = 0; i < train.groups().size(); i++) {
            check(stage, "groups[" + i + "]", train.groups().get(i).names(), names, problems);
        }
    }

    private static void check(Stage stage, String key, String pattern, ParameterNames names, List<Problem> problems) {
        try {
            names.matching(key, pattern);
        } catch (CloudException e) {
            problems.add(Problem.error(e.getMessage(), stage.position(), stage.id() + ".train." + key));
        }
    }
}
