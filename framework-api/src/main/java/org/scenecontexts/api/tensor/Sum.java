package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;

/** Sum of all values. */
final class Sum extends DifferentiableOp {

    private int[] shape;

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        shape = inputs.getFirst().shape();
        Tensor y = engine.allocate(1);
        engine.dense().sum(inputs.getFirst().size(), inputs.getFirst().buffer(), y.buffer());
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        Tensor d = gradient.engine().allocate(shape);
        gradient.engine().dense().broadcast(d.size(), gradient.buffer(), d.buffer());
        inputs.add(0, d);
    }
}
