package org.scenecontexts.api.nn;

import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * {@code max(x, 0)} as a layer.
 *
 * @since 0.1
 */
@Operator(says = "`relu`", shapes = "[N, C] -> [N, C]")
public final class Relu extends Layer {

    @Override
    public Tensor apply(Tensor x) {
        return x.relu();
    }
}
