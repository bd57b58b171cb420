package org.scenecontexts.api.nn;

import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * {@link Tensor#tanh} as a layer.
 *
 * @since 0.2
 */
@Operator(says = "`tanh`", shapes = "[N, C] -> [N, C]")
public final class Tanh extends Layer {

    @Override
    public Tensor apply(Tensor x) {
        return x.tanh();
    }
}
