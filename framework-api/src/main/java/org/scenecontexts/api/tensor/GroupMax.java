package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;

/** Column-wise maximum over groups of consecutive rows. */
final class GroupMax extends DifferentiableOp {

    private final int size;
    private Indices winner;
    private int[] shape;

    GroupMax(int size) {
        this.size = size;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        if (size < 1 || x.rows() % size != 0) {
            throw new IllegalArgumentException(
                    "groups of " + size + " rows expected, but " + x.rows() + " rows do not divide into them");
        }
        shape = x.shape();
        int groups = x.rows() / size;
        Tensor y = engine.allocate(groups, x.columns());
        winner = engine.buffers().takeIndices(groups * x.columns(), x.rows());
        engine.dense().groupMax(groups, size, x.columns(), x.buffer(), y.buffer(), winner);
        if (!keeping()) {
            winner.release();
        }
        return y;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        Tensor d = gradient.engine().allocate(shape);
        gradient.engine()
                .dense()
                .groupMaxBackward(gradient.rows(), size, gradient.columns(), gradient.buffer(), winner, d.buffer());
        winner.release();
        inputs.add(0, d);
    }
}
