package org.scenecontexts.api.point;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/** Differences between neighbours and their centres; inputs points {@code [N, C]} and centres {@code [Q, C]}. */
final class GroupOp extends DifferentiableOp {

    private final NeighbourKernels kernels;
    private final Neighbours neighbours;
    private final float scale;
    private int pointRows;

    GroupOp(NeighbourKernels kernels, Neighbours neighbours, float scale) {
        this.kernels = kernels;
        this.neighbours = neighbours;
        this.scale = scale;
    }

    @Override
    public String name() {
        return "group";
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor points = inputs.get(0);
        Tensor centres = inputs.get(1);
        pointRows = points.rows();
        if (points.columns() != centres.columns()
                || centres.rows() != neighbours.queries()
                || neighbours.index().range() > pointRows) {
            throw new IllegalArgumentException("neighbours of " + neighbours.queries() + " queries among "
                    + neighbours.index().range() + " points cannot be grouped from " + points + " and " + centres
                    + ": as many centres as queries, at least as many points, and equal columns are expected");
        }
        Tensor y = engine.allocate(neighbours.queries() * neighbours.count(), points.columns());
        kernels.group(
                neighbours.queries(),
                neighbours.count(),
                points.columns(),
                points.buffer(),
                neighbours.index(),
                centres.buffer(),
                scale,
                y.buffer());
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        int columns = gradient.columns();
        Tensor points = engine.allocate(inputs.needed(0) ? pointRows : 0, columns);
        Tensor centres = engine.allocate(inputs.needed(1) ? neighbours.queries() : 0, columns);
        kernels.groupBackward(
                neighbours.queries(),
                neighbours.count(),
                columns,
                pointRows,
                neighbours.index(),
                scale,
                gradient.buffer(),
                inputs.needed(0) ? points.buffer() : Buffer.NONE,
                inputs.needed(1) ? centres.buffer() : Buffer.NONE);
        giveOrRelease(inputs, 0, points);
        giveOrRelease(inputs, 1, centres);
    }

    /** Hands a gradient over where it is wanted. */
    static void giveOrRelease(Gradients inputs, int input, Tensor gradient) {
        if (inputs.needed(input)) {
            inputs.add(input, gradient);
        } else {
            gradient.release();
        }
    }
}
