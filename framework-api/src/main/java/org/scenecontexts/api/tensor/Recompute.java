package org.scenecontexts.api.tensor;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Draws;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Runs a part of a network without keeping anything inside it, and runs it again when the backward pass gets there: less
 * memory for the time of one more forward pass of that part (Chen et al., Training Deep Nets with Sublinear Memory Cost,
 * 2016).
 *
 * <p>Numbers are the same, bit for bit, as without it. For parts made of modules use
 * {@link org.scenecontexts.api.nn.Recomputed}, which also keeps running statistics from being updated twice.
 *
 * @since 0.1
 */
public final class Recompute extends DifferentiableOp {

    /** A part of a network. */
    @FunctionalInterface
    public interface Part {
        /**
         * Computes the output; must give the same values for the same inputs both times.
         *
         * @param inputs left to the caller to release
         * @param again whether this is the run in the backward pass, which must leave no further trace
         */
        Tensor run(List<Tensor> inputs, boolean again);
    }

    private final Part part;
    private final int count;
    private List<Tensor> values;
    private int firstDraw;

    /**
     * @param part computes from the first {@code count} inputs that the operator is applied to
     * @param count number of these inputs; those after them are the parameters that the part uses, whose gradients the
     *     part's own backward pass adds up
     */
    public Recompute(Part part, int count) {
        this.part = part;
        this.count = count;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        values = List.copyOf(inputs.subList(0, count));
        values.forEach(this::save);
        firstDraw = engine.draws().position();
        try (TensorEngine.Scope unrecorded = engine.noGrad()) {
            return part.run(values, false);
        }
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        List<Tensor> leaves = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Tensor leaf = alone(values.get(i));
            leaves.add(inputs.needed(i) ? leaf.requireGrad() : leaf);
        }
        Tensor output = again(gradient.engine().draws(), leaves);
        leaves.forEach(Tensor::release);
        inputs.take();
        output.backward(gradient, true);
        for (int i = 0; i < count; i++) {
            Tensor found = leaves.get(i).takeGrad();
            if (found != null) {
                inputs.add(i, found);
            }
        }
    }

    /** Runs the part on, with the chance that it had the first time. */
    private Tensor again(Draws draws, List<Tensor> leaves) {
        int next = draws.position();
        draws.position(firstDraw);
        try {
            return part.run(leaves, true);
        } finally {
            draws.position(next);
        }
    }

    /** The same values without their past, in the same buffer. */
    private Tensor alone(Tensor input) {
        Buffer buffer = input.buffer();
        return input.values().lastRead() ? input.handOver() : Tensor.over(input.engine(), buffer, input.shape());
    }
}
