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

/**
 * Softmax cross-entropy averaged over the labelled points, the published loss (REFERENCE 6.1).
 *
 * @since 0.1
 */
@Extension
public final class CrossEntropyFactory implements LossFactory<CrossEntropyFactory.Config, ClassificationLoss> {

    /** How the loss weighs its targets. */
    public record Config(
            @Doc("Label smoothing: the share of each target that is spread over all classes; published: 0.")
            @Default("0")
            @Min(0)
            @Max(1)
            double smoothing,

            @Doc("Weight of each class, in class order; empty for equal weights.") @Default("[]")
            List<Double> classWeights,

            @Doc(
                    "Weights estimated from the points of each class in the training data: equal, balanced (every class counts"
                            + " the same) or softened (the square root of balanced).")
            @Default("equal")
            ClassWeighting weights) {

        /** Weights as given. */
        public Config(double smoothing, List<Double> classWeights) {
            this(smoothing, classWeights, ClassWeighting.EQUAL);
        }

        /** @throws IllegalArgumentException when a weight is negative, or weights are given and estimated too */
        public Config {
            classWeights = ClassWeights.checked(classWeights);
            ClassWeights.requireOne(classWeights, weights);
        }
    }

    @Override
    public String name() {
        return "cross-entropy";
    }

    @Override
    public String summary() {
        return "Softmax cross-entropy over labelled points, with label smoothing and class weights.";
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
                (scores, labels, weights) -> new CrossEntropy(labels, config.smoothing(), weights).apply(scores));
    }
}
