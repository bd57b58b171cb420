package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;

/** Rows by index. */
final class GatherRows extends DifferentiableOp {

    private final Indices index;
    private int[] shape;

    GatherRows(Indices index) {
        this.index = index;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        shape = x.shape();
        if (index.lowest() < 0 || index.range() > x.rows()) {
            throw new IndexOutOfBoundsException("indices from " + index.lowest() + " to " + (index.range() - 1)
                    + " may be outside the " + x.rows() + " rows of " + x);
        }
        Tensor y = engine.allocate(index.length(), x.columns());
        engine.dense().gatherRows(index.length(), x.columns(), x.buffer(), index, y.buffer());
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        Tensor d = gradient.engine().zeros(shape);
        gradient.engine()
                .dense()
                .scatterAddRows(index.length(), d.columns(), gradient.buffer(), index, d.rows(), d.buffer());
        inputs.add(0, d);
    }
}
