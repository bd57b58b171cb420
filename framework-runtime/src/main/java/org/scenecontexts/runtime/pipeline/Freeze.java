package org.scenecontexts.runtime.pipeline;

import java.util.Optional;
import org.scenecontexts.api.config.Bare;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;

/**
 * Parameters that training leaves as they are, for all steps or some of them.
 *
 * @since 0.1
 */
public record Freeze(
        @Bare @NotEmpty @Doc("Parameters to freeze: a name, all below a name, or a pattern with *, such as backbone/*.")
        String names,

        @Doc("Steps that they are trained first.") @Default("0") @Min(0)
        int from,

        @Doc("Step after which they are trained again; never when left out.") @Min(1)
        Optional<Integer> until,

        @Doc("Norms in parts that are frozen whole: kept, with their running statistics, or those of each batch.")
        @Default("kept")
        Norms norms) {

    /** What norms do in parts that are frozen whole. */
    public enum Norms {
        /** Evaluation mode: running statistics are used and stay. */
        KEPT,
        /** Training mode: statistics of each batch are used, running ones follow. */
        BATCH
    }

    /** @throws IllegalArgumentException when there is no step to freeze in */
    public Freeze {
        if (until.isPresent() && until.get() <= from) {
            throw new IllegalArgumentException("freeze '" + names + "': 'until' must be above 'from', found from "
                    + from + " until " + until.get());
        }
    }

    /** Whether it holds in a step, counted from 1. */
    public boolean in(long iteration) {
        return iteration > from && (until.isEmpty() || iteration <= until.get());
    }
}
