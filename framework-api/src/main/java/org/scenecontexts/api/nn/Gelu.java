package org.scenecontexts.api.nn;

import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * {@link Tensor#gelu} as a layer.
 *
 * @since 0.2
 */
@Operator(says = "`gelu`", shapes = "[N, C] -> [N, C]")
public final class Gelu extends Layer {

    @Override
    public Tensor apply(Tensor x) {
        return x.gelu();
    }
}
