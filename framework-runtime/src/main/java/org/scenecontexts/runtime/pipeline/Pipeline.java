package org.scenecontexts.runtime.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * One experiment, validated: stages to run in order.
 *
 * @param name names the run folder
 * @param seed what all chance starts from
 * @param stages in the order to run; each refers to earlier ones only; ids are unique
 * @param axes names of the matrix's axes, in order; empty without a matrix
 * @param seedAxes those of them that {@code seed:} names: their cells are repetitions of the same work
 * @param baseline what the other values of an axis are held against
 * @param folds the axis whose values are parts of one data set, measured in turn
 * @since 0.1
 */
public record Pipeline(
        String name,
        long seed,
        List<Stage> stages,
        List<String> axes,
        List<String> seedAxes,
        Optional<Baseline> baseline,
        Optional<Folds> folds) {

    public Pipeline {
        stages = List.copyOf(stages);
        axes = List.copyOf(axes);
        seedAxes = List.copyOf(seedAxes);
    }

    /** The stage of that id. */
    public Optional<Stage> stage(String id) {
        return stages.stream().filter(stage -> stage.id().equals(id)).findFirst();
    }
}
