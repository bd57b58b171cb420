package org.scenecontexts.api.nn;

import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * {@link Tensor#leakyRelu} as a layer.
 *
 * @since 0.2
 */
@Operator(says = "`leakyRelu` with a slope", shapes = "[N, C] -> [N, C]")
public final class LeakyRelu extends Layer {

    private final double slope;

    /** @param slope factor below 0; PyTorch's default is 0.01 */
    public LeakyRelu(double slope) {
        this.slope = slope;
    }

    @Override
    public Tensor apply(Tensor x) {
        return x.leakyRelu(slope);
    }
}
