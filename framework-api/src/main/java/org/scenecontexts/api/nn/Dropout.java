package org.scenecontexts.api.nn;

import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * {@link Tensor#dropout} as a layer, which does nothing outside training.
 *
 * <p>It keeps no state: its chance comes from the training's seed and iteration and from its place among the operators of the
 * iteration, see {@link org.scenecontexts.api.engine.Draws}.
 *
 * @since 0.2
 */
@Operator(says = "`dropout` in training; nothing in use", shapes = "[N, C] -> [N, C]")
public final class Dropout extends Layer {

    private final double probability;

    /**
     * @param probability of each number to be zeroed, 0 to 1
     * @throws IllegalArgumentException outside 0 to 1
     */
    public Dropout(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "the probability of dropout has to be from 0 to 1, found " + probability);
        }
        this.probability = probability;
    }

    @Override
    public Tensor apply(Tensor x) {
        return training() && probability > 0 ? x.dropout(probability) : x;
    }
}
