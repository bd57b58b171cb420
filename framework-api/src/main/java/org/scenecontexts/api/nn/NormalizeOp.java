package org.scenecontexts.api.nn;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/** Batch norm with fixed (running) statistics; inputs x and optionally a residual. The affine part is not trained. */
final class NormalizeOp extends DifferentiableOp {

    private final Tensor gamma;
    private final Tensor mean;
    private final Tensor variance;
    private final Tensor shift;
    private final boolean relu;
    private Tensor scale;
    private Tensor y;

    NormalizeOp(Tensor gamma, Tensor mean, Tensor variance, Tensor shift, boolean relu) {
        this.gamma = gamma;
        this.mean = mean;
        this.variance = variance;
        this.shift = shift;
        this.relu = relu;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        DenseKernels dense = engine.dense();
        scale = engine.allocate(x.columns());
        dense.overRoot(x.columns(), gamma.buffer(), variance.buffer(), BatchNorm.EPSILON, scale.buffer());
        boolean packed = dense.takesPacked();
        y = result(engine, packed, x.shape());
        dense.normalize(
                x.rows(),
                x.columns(),
                valuesOf(x, packed),
                mean.buffer(),
                scale.buffer(),
                shift.buffer(),
                inputs.size() == 2 ? valuesOf(inputs.get(1), packed) : Buffer.NONE,
                relu,
                y.stored());
        if (relu) {
            save(y);
        }
        save(scale);
        scale.release();
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        DenseKernels dense = gradient.engine().dense();
        if (relu) {
            dense.reluBackward(gradient.size(), y.buffer(), gradient.buffer(), gradient.buffer());
        }
        if (inputs.needed(0)) {
            Tensor d = gradient.engine().allocate(gradient.shape());
            dense.multiplyRow(gradient.rows(), gradient.columns(), gradient.buffer(), scale.buffer(), d.buffer());
            inputs.add(0, d);
        }
        if (inputs.count() == 2) {
            inputs.pass(1);
        }
    }
}
