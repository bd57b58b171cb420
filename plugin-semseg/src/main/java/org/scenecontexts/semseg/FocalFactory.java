package org.scenecontexts.semseg;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.api.tensor.Losses;

/**
 * Focal cross-entropy, for classes of very different sizes: points that are right already count less (Lin et al. 2017).
 *
 * @since 0.2
 */
@Extension
public final class FocalFactory implements LossFactory<FocalFactory.Config, ClassificationLoss> {

    /** How the loss weighs points. */
    public record Config(
            @Doc("Power of one less the share of the right class that a point counts with; 0 is cross-entropy.")
            @Default("2")
            @Min(0)
            double gamma,

            @Doc("Weight of each class, in class order; empty for equal weights.") @Default("[]")
            List<Double> classWeights,

            @Doc(
                    "Weights estimated from the points of each class in the training data: equal, balanced (every class counts"
                            + " the same) or softened (the square root of balanced).")
            @Default("equal")
            ClassWeighting weights) {

        /** Weights as given. */
        public Config(double gamma, List<Double> classWeights) {
            this(gamma, classWeights, ClassWeighting.EQUAL);
        }

        /** @throws IllegalArgumentException when a weight is negative, or weights are given and estimated too */
        public Config {
            classWeights = ClassWeights.checked(classWeights);
            ClassWeights.requireOne(classWeights, weights);
        }
    }

    @Override
    public String name() {
        return "focal";
    }

    @Override
    public String summary() {
        return "Focal cross-entropy: points that are right already count less, for classes of very different sizes.";
    }

    @Override
    public Class<ClassificationLoss> product() {
        return ClassificationLoss.class;
    }

    @Override
    public ClassificationLoss create(Config config, ModelContext context) {
        return ClassWeights.loss(
                context,
                config.classWeights(),
                config.weights(),
                (scores, labels, weights) -> Losses.focal(scores, labels, config.gamma(), weights));
    }
}
