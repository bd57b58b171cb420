package org.scenecontexts.semseg;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.tensor.Tensor;

/** The key {@code class-weights} of losses: checked, and brought to the engine. */
final class ClassWeights {

    private ClassWeights() {}

    /** @throws IllegalArgumentException when a weight is negative */
    static List<Double> checked(List<Double> weights) {
        for (double weight : weights) {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("class-weights must be 0 or greater, found " + weight);
            }
        }
        return List.copyOf(weights);
    }

    /** @throws IllegalArgumentException when weights are given and estimated too */
    static void requireOne(List<Double> weights, ClassWeighting weighting) {
        if (!weights.isEmpty() && weighting != ClassWeighting.EQUAL) {
            throw new IllegalArgumentException("class-weights are given, so 'weights: " + name(weighting)
                    + "' has nothing to estimate; leave one out");
        }
    }

    /** A loss that weighs classes. */
    @FunctionalInterface
    interface Weighted {
        /** @param weights of the classes, or {@link Buffer#NONE} */
        Tensor apply(Tensor scores, Indices labels, Buffer weights);
    }

    /**
     * The loss with its weights. Estimated weights belong to a training, whose data is counted, and not to its checkpoints: a
     * loss that is measured later counts every point the same, which is said when it is first measured.
     *
     * @throws IllegalArgumentException when there are not as many weights as classes, or no point of the training data is
     *     labelled
     */
    static ClassificationLoss loss(
            ModelContext context, List<Double> weights, ClassWeighting weighting, Weighted loss) {
        Buffer found = on(context, weights, weighting);
        boolean lacking = weighting != ClassWeighting.EQUAL && context.labelCounts().length == 0;
        AtomicBoolean told = new AtomicBoolean(!lacking);
        return (scores, labels) -> {
            if (told.compareAndSet(false, true)) {
                context.warn("'weights: " + name(weighting) + "' are those of the training data, which is not at hand:"
                        + " the loss that is measured here counts every point the same and does not compare with the"
                        + " losses of the training; for one that does, give 'class-weights' in place of 'weights'");
            }
            return loss.apply(scores, labels, found);
        };
    }

    private static String name(ClassWeighting weighting) {
        return weighting.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The weights on the engine as given or, by the points of each class in the training data, estimated; none where
     * nothing is trained.
     *
     * @throws IllegalArgumentException when there are not as many as classes, or no point of the data is labelled
     */
    private static Buffer on(ModelContext context, List<Double> weights, ClassWeighting weighting) {
        if (weighting == ClassWeighting.EQUAL) {
            return on(context, weights);
        }
        long[] counts = context.labelCounts();
        if (counts.length == 0) {
            return Buffer.NONE;
        }
        List<String> missing = IntStream.range(0, counts.length)
                .filter(c -> counts[c] == 0)
                .mapToObj(c -> context.classes().names().get(c))
                .toList();
        if (missing.size() == counts.length) {
            throw new IllegalArgumentException("'weights' are estimated from the training data, but none of its points"
                    + " has a class; check the labels, or leave 'weights' out");
        }
        if (!missing.isEmpty()) {
            context.warn(
                    "no point of the training data is " + String.join(", ", missing) + "; nothing can be learnt of it");
        }
        return context.engine().bufferOf(weighting.of(counts));
    }

    /**
     * The weights on the engine, or {@link Buffer#NONE} where there are none.
     *
     * @throws IllegalArgumentException when there are not as many as classes
     */
    private static Buffer on(ModelContext context, List<Double> weights) {
        int classes = context.classes().count();
        int found = weights.size();
        if (found != 0 && found != classes) {
            throw new IllegalArgumentException("class-weights must hold one weight for each of the " + classes
                    + " classes (" + String.join(", ", context.classes().names()) + "), or none; found " + found);
        }
        float[] values = new float[found];
        for (int c = 0; c < found; c++) {
            values[c] = weights.get(c).floatValue();
        }
        return found == 0 ? Buffer.NONE : context.engine().bufferOf(values);
    }
}
