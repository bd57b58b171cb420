package org.scenecontexts.semseg;

import java.util.List;
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
