package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;

/** Each row divided by its Euclidean length. */
final class NormalizeRows extends DifferentiableOp {

    private Tensor y;
    private Tensor norms;

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        y = engine.allocate(x.shape());
        norms = engine.allocate(x.rows());
        engine.dense().normalizeRows(x.rows(), x.columns(), x.buffer(), norms.buffer(), y.buffer());
        save(y);
        save(norms);
        norms.release();
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        Tensor d = gradient.engine().allocate(gradient.shape());
        gradient.engine()
                .dense()
                .normalizeRowsBackward(
                        gradient.rows(), gradient.columns(), y.buffer(), norms.buffer(), gradient.buffer(), d.buffer());
        inputs.add(0, d);
    }
}
