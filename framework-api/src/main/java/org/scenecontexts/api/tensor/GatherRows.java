package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;

/** Rows by index. */
final class GatherRows extends DifferentiableOp {

    private final int[] index;
    private int[] shape;

    GatherRows(int[] index) {
        this.index = index;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        shape = x.shape();
        for (int i = 0; i < index.length; i++) {
            if (index[i] < 0 || index[i] >= x.rows()) {
                throw new IndexOutOfBoundsException(
                        "index[" + i + "] = " + index[i] + " is outside the " + x.rows() + " rows of " + x);
            }
        }
        Tensor y = engine.allocate(index.length, x.columns());
        engine.dense().gatherRows(index.length, x.columns(), x.data(), index, y.data());
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        Tensor d = gradient.engine().zeros(shape);
        gradient.engine().dense().scatterAddRows(index.length, d.columns(), gradient.data(), index, d.rows(), d.data());
        inputs.add(0, d);
    }
}
