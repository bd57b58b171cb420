package org.scenecontexts.runtime.pipeline;

import java.util.Optional;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.config.Positive;

/**
 * Parameters that learn at another pace or with another weight decay than the rest.
 *
 * @since 0.1
 */
public record ParameterGroup(
        @NotEmpty @Doc("Parameters of the group: a name, all below a name, or a pattern with *, such as backbone/*.")
        String names,

        @Doc("Their learning rate, as a multiple of everybody's.") @Positive
        Optional<Double> rate,

        @Doc("Their weight decay, in place of the optimizer's own.") @Min(0)
        Optional<Double> weightDecay) {

    /** @throws IllegalArgumentException when the group changes nothing */
    public ParameterGroup {
        if (rate.isEmpty() && weightDecay.isEmpty()) {
            throw new IllegalArgumentException(
                    "the group '" + names + "' changes nothing; give it 'rate' or 'weight-decay'");
        }
    }
}
