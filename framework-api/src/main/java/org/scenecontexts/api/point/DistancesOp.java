package org.scenecontexts.api.point;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/** Squared distances that were found with neighbours, given a gradient; inputs points {@code [N, C]}, queries {@code [Q, C]}. */
final class DistancesOp extends DifferentiableOp {

    private final NeighbourKernels kernels;
    private final Points points;
    private final Points queries;
    private final Neighbours neighbours;

    DistancesOp(NeighbourKernels kernels, Points points, Points queries, Neighbours neighbours) {
        if (neighbours.squared().size() != neighbours.index().length()) {
            throw new IllegalArgumentException("these neighbours were found without distances; find them with nearest");
        }
        this.kernels = kernels;
        this.points = points;
        this.queries = queries;
        this.neighbours = neighbours;
    }

    @Override
    public String name() {
        return "distances";
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        save(points.rows());
        save(queries.rows());
        Tensor y = engine.allocate(neighbours.queries(), neighbours.count());
        engine.dense().copy(y.size(), neighbours.squared().buffer(), y.buffer());
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        Tensor toPoints = roomFor(inputs, 0, points.rows());
        Tensor toQueries = roomFor(inputs, 1, queries.rows());
        kernels.nearestBackward(
                points.forKernels(),
                queries.forKernels(),
                neighbours.count(),
                neighbours.index(),
                neighbours.squared().buffer(),
                gradient.buffer(),
                inputs.needed(0) ? toPoints.buffer() : Buffer.NONE,
                inputs.needed(1) ? toQueries.buffer() : Buffer.NONE);
        GroupOp.giveOrRelease(inputs, 0, toPoints);
        GroupOp.giveOrRelease(inputs, 1, toQueries);
    }

    private static Tensor roomFor(Gradients inputs, int input, Tensor like) {
        return inputs.needed(input)
                ? like.engine().allocate(like.shape())
                : like.engine().allocate(0);
    }
}
