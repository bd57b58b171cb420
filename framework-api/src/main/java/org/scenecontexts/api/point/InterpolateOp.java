package org.scenecontexts.api.point;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/** Weighted sums of neighbours' rows; inputs features {@code [N, C]} and weights {@code [Q, K]}. */
final class InterpolateOp extends DifferentiableOp {

    private final NeighbourKernels kernels;
    private final Neighbours neighbours;
    private Tensor features;
    private Tensor weights;

    InterpolateOp(NeighbourKernels kernels, Neighbours neighbours) {
        this.kernels = kernels;
        this.neighbours = neighbours;
    }

    @Override
    public String name() {
        return "interpolate";
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        features = inputs.get(0);
        weights = inputs.get(1);
        if (weights.rows() != neighbours.queries()
                || weights.columns() != neighbours.count()
                || neighbours.index().range() > features.rows()) {
            throw new IllegalArgumentException(neighbours.count() + " neighbours of " + neighbours.queries()
                    + " queries among " + neighbours.index().range() + " points cannot be weighted by " + weights
                    + " from " + features);
        }
        Tensor y = engine.allocate(neighbours.queries(), features.columns());
        kernels.interpolate(
                y.rows(),
                neighbours.count(),
                y.columns(),
                neighbours.index(),
                weights.buffer(),
                features.buffer(),
                y.buffer());
        // The features are read again only for the gradient of the weights.
        if (weights.requiresGrad()) {
            save(features);
        }
        save(weights);
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        boolean toFeatures = inputs.needed(0);
        boolean toWeights = inputs.needed(1);
        Tensor d = toFeatures ? engine.allocate(features.shape()) : engine.allocate(0);
        Tensor dWeights = toWeights ? engine.allocate(weights.shape()) : engine.allocate(0);
        kernels.interpolateBackward(
                gradient.rows(),
                neighbours.count(),
                gradient.columns(),
                features.rows(),
                neighbours.index(),
                weights.buffer(),
                toWeights ? features.buffer() : Buffer.NONE,
                gradient.buffer(),
                toFeatures ? d.buffer() : Buffer.NONE,
                toWeights ? dWeights.buffer() : Buffer.NONE);
        GroupOp.giveOrRelease(inputs, 0, d);
        GroupOp.giveOrRelease(inputs, 1, dWeights);
    }
}
