package org.scenecontexts.semseg;

import java.util.List;
import java.util.stream.IntStream;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.engine.Buffer;

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
            throw new IllegalArgumentException("class-weights are given, so 'weights: "
                    + weighting.name().toLowerCase(java.util.Locale.ROOT) + "' has nothing to estimate; leave one out");
        }
    }

    /**
     * The weights on the engine as given or, by the points of each class in the training data, estimated. Where nothing is
     * trained there are none: a loss that is only measured counts every point the same.
     *
     * @throws IllegalArgumentException when there are not as many as classes, or no point of the data is labelled
     */
    static Buffer on(ModelContext context, List<Double> weights, ClassWeighting weighting) {
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
    static Buffer on(ModelContext context, List<Double> weights) {
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
