package org.scenecontexts.api.nn;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/** Batch norm with fixed (running) statistics; inputs x and optionally a residual. The affine part is not trained. */
final class NormalizeOp extends DifferentiableOp {

    private static final float[] NONE = {};

    private final float[] scale;
    private final Tensor mean;
    private final Tensor shift;
    private final boolean relu;
    private Tensor y;

    NormalizeOp(float[] scale, Tensor mean, Tensor shift, boolean relu) {
        this.scale = scale;
        this.mean = mean;
        this.shift = shift;
        this.relu = relu;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        y = engine.allocate(x.shape());
        engine.dense()
                .normalize(
                        x.rows(),
                        x.columns(),
                        x.data(),
                        mean.data(),
                        scale,
                        shift.data(),
                        inputs.size() == 2 ? inputs.get(1).data() : NONE,
                        relu,
                        y.data());
        if (relu) {
            save(y);
        }
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        if (relu) {
            engine.dense().reluBackward(gradient.size(), y.data(), gradient.data(), gradient.data());
        }
        if (inputs.needed(0)) {
            Tensor d = engine.allocate(gradient.shape());
            int columns = gradient.columns();
            // x -> x * scale has the derivative scale: a normalisation with mean 0 and shift 0.
            float[] zeros = new float[columns];
            engine.dense()
                    .normalize(gradient.rows(), columns, gradient.data(), zeros, scale, zeros, NONE, false, d.data());
            inputs.add(0, d);
        }
        if (inputs.count() == 2) {
            inputs.pass(1);
        }
    }
}
