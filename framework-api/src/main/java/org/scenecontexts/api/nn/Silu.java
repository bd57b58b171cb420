package org.scenecontexts.api.nn;

import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * {@link Tensor#silu} as a layer.
 *
 * @since 0.2
 */
@Operator(says = "`silu`", shapes = "[N, C] -> [N, C]")
public final class Silu extends Layer {

    @Override
    public Tensor apply(Tensor x) {
        return x.silu();
    }
}
