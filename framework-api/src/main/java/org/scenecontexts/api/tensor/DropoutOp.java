package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Draws;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.DropoutKernels;

/** Zeroes by chance. The mask is not kept but drawn again. */
final class DropoutOp extends DifferentiableOp {

    private final double probability;
    private int operator;
    private long iteration;

    DropoutOp(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "the probability of dropout has to be from 0 to 1, found " + probability);
        }
        this.probability = probability;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor x = inputs.getFirst();
        Draws draws = engine.draws();
        operator = draws.next();
        iteration = draws.iteration();
        Tensor y = engine.allocate(x.shape());
        drop(engine, x.size(), x.buffer(), y.buffer());
        return y;
    }

    private void drop(TensorEngine engine, int n, Buffer from, Buffer to) {
        engine.kernel(DropoutKernels.class)
                .dropout(n, probability, engine.draws().numbers(), operator, from, to);
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        TensorEngine engine = gradient.engine();
        if (engine.draws().iteration() != iteration) {
            throw new IllegalStateException("iteration " + engine.draws().iteration()
                    + " has begun since the forward pass of iteration " + iteration
                    + ", whose dropout cannot be drawn again; run backward() before Draws.begin()");
        }
        drop(engine, gradient.size(), gradient.buffer(), gradient.buffer());
        inputs.pass(0);
    }
}
