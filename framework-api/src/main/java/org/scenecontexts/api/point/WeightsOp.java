package org.scenecontexts.api.point;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/** Inverse distances that add up to 1; input squared distances {@code [Q, K]}. */
final class WeightsOp extends DifferentiableOp {

    private final NeighbourKernels kernels;
    private Tensor squared;
    private Tensor weights;

    WeightsOp(NeighbourKernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "weights";
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        squared = inputs.getFirst();
        weights = engine.allocate(squared.shape());
        kernels.inverseDistances(squared.rows(), squared.columns(), squared.buffer(), weights.buffer());
        save(squared);
        save(weights);
        return weights;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        kernels.inverseDistancesBackward(
                squared.rows(),
                squared.columns(),
                squared.buffer(),
                weights.buffer(),
                gradient.buffer(),
                gradient.buffer());
        inputs.pass(0);
    }
}
