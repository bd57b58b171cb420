package org.scenecontexts.pointnet2.net;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.pointnet2.kernel.PointKernels;

/** Features of known points carried to other points: {@code [known, C] -> [queries, C]}. */
final class InterpolateOp extends DifferentiableOp {

    private final Interpolation interpolation;
    private int rows;

    InterpolateOp(Interpolation interpolation) {
        this.interpolation = interpolation;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor features = inputs.getFirst();
        rows = features.rows();
        Tensor y = engine.allocate(interpolation.queries(), features.columns());
        engine.kernel(PointKernels.class)
                .interpolate(
                        y.rows(),
                        y.columns(),
                        interpolation.index(),
                        interpolation.weights(),
                        features.buffer(),
                        y.buffer());
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        Tensor d = engine.allocate(rows, gradient.columns());
        engine.kernel(PointKernels.class)
                .interpolateBackward(
                        gradient.rows(),
                        rows,
                        gradient.columns(),
                        interpolation.index(),
                        interpolation.weights(),
                        gradient.buffer(),
                        d.buffer());
        inputs.add(0, d);
    }
}
