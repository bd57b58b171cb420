package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;

/** Some neighbouring columns. */
final class SliceColumns extends DifferentiableOp {

    private final int from;
    private final int count;
    private int[] shape;

    SliceColumns(int from, int count) {
        this.from = from;
        this.count = count;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        if (from < 0 || count < 1 || from + count > x.columns()) {
            throw new IndexOutOfBoundsException("columns " + from + " to " + (from + count - 1) + " are not all in the "
                    + x.columns() + " of " + x);
        }
        shape = x.shape();
        Tensor y = engine.allocate(x.rows(), count);
        engine.dense().copyColumnsOut(x.rows(), count, x.buffer(), x.columns(), from, y.buffer());
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        Tensor d = gradient.engine().zeros(shape);
        gradient.engine()
                .dense()
                .copyColumnsIn(gradient.rows(), count, gradient.buffer(), d.columns(), from, d.buffer());
        inputs.add(0, d);
    }
}
