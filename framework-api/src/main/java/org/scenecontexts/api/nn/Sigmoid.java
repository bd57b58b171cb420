package org.scenecontexts.api.nn;

import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * {@link Tensor#sigmoid} as a layer.
 *
 * @since 0.2
 */
@Operator(says = "`sigmoid`", shapes = "[N, C] -> [N, C]")
public final class Sigmoid extends Layer {

    @Override
    public Tensor apply(Tensor x) {
        return x.sigmoid();
    }
}
