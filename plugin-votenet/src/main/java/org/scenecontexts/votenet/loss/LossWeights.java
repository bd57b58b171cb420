package org.scenecontexts.votenet.loss;

import java.util.Map;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;

/**
 * How much the parts of the loss count (REFERENCE 8.3); as published unless given.
 *
 * @since 0.2
 */
public record LossWeights(
        @Doc("Distance of votes from where they should go.") @Default("1") @Min(0)
        double vote,

        @Doc("Whether proposals hold something.") @Default("0.5") @Min(0)
        double objectness,

        @Doc("Distance of centres.") @Default("1") @Min(0) double centre,

        @Doc("Which direction.") @Default("0.1") @Min(0) double headingClass,

        @Doc("What is left beside the direction.") @Default("1") @Min(0)
        double headingResidual,

        @Doc("Which typical size.") @Default("0.1") @Min(0) double sizeClass,

        @Doc("What is left beside the typical size.") @Default("1") @Min(0)
        double sizeResidual,

        @Doc("Which class.") @Default("0.1") @Min(0) double semantic,

        @Doc("All of them.") @Default("10") @Min(0) double scale) {

    /**
     * The loss.
     *
     * @param parts by the names of {@link BoxLossKernels#FIGURES}
     */
    double total(Map<String, Double> parts) {
        return scale
                * (vote * parts.get("vote-loss")
                        + objectness * parts.get("objectness-loss")
                        + centre * parts.get("centre-loss")
                        + headingClass * parts.get("heading-class-loss")
                        + headingResidual * parts.get("heading-residual-loss")
                        + sizeClass * parts.get("size-class-loss")
                        + sizeResidual * parts.get("size-residual-loss")
                        + semantic * parts.get("semantic-loss"));
    }

    /** As published. */
    public static LossWeights published() {
        return new LossWeights(1, 0.5, 1, 0.1, 1, 0.1, 1, 0.1, 10);
    }
}
