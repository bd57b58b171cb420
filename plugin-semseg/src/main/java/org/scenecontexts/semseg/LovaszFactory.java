package org.scenecontexts.semseg;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.LossFactory;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Losses;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Lovasz-softmax, which follows the intersection over union that segmentation is measured by, with cross-entropy beside it,
 * which alone tells points apart where all are wrong (Berman et al. 2018).
 *
 * @since 0.2
 */
@Extension
public final class LovaszFactory implements LossFactory<LovaszFactory.Config, ClassificationLoss> {

    /** What stands beside the Lovasz loss. */
    public record Config(
            @Doc("What cross-entropy counts beside the Lovasz loss, whose factor is 1; 0 for the Lovasz loss alone.")
            @Default("1")
            @Min(0)
            double crossEntropy,

            @Doc("Label smoothing of the cross-entropy.") @Default("0") @Min(0) @Max(1)
            double smoothing,

            @Doc("Weight of each class in the cross-entropy, in class order; empty for equal weights.") @Default("[]")
            List<Double> classWeights,

            @Doc(
                    "Weights estimated from the points of each class in the training data: equal, balanced (every class counts"
                            + " the same) or softened (the square root of balanced).")
            @Default("equal")
            ClassWeighting weights) {

        /** Weights as given. */
        public Config(double crossEntropy, double smoothing, List<Double> classWeights) {
            this(crossEntropy, smoothing, classWeights, ClassWeighting.EQUAL);
        }

        /** @throws IllegalArgumentException when a weight is negative, or weights are given and estimated too */
        public Config {
            classWeights = ClassWeights.checked(classWeights);
            ClassWeights.requireOne(classWeights, weights);
        }
    }

    @Override
    public String name() {
        return "lovasz";
    }

    @Override
    public String summary() {
        return "Lovasz-softmax, which follows the intersection over union, with cross-entropy beside it.";
    }

    @Override
    public Class<ClassificationLoss> product() {
        return ClassificationLoss.class;
    }

    @Override
    public ClassificationLoss create(Config config, ModelContext context) {
        return ClassWeights.loss(context, config.classWeights(), config.weights(), (scores, labels, weights) -> {
            Tensor lovasz = Losses.lovaszSoftmax(scores, labels);
            if (config.crossEntropy() == 0) {
                return lovasz;
            }
            Tensor entropy = new CrossEntropy(labels, config.smoothing(), weights).apply(scores);
            return lovasz.add(entropy.scale(config.crossEntropy()));
        });
    }
}
