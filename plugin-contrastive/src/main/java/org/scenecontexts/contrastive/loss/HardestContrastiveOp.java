package org.scenecontexts.contrastive.loss;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The hardest-contrastive loss with its gradient in closed form.
 *
 * <p>Inputs: features of the first points {@code [n, C]} and of the second points {@code [n, C]} of the matches, features of
 * the candidates of the first views {@code [h0, C]} and of the second views {@code [h1, C]}. Output: the loss of {@link
 * ContrastKernels#hardest}.
 */
final class HardestContrastiveOp extends DifferentiableOp {

    private final ContrastKernels.Margins margins;
    private final ContrastKernels.Rows rows;
    private List<Tensor> gradients;
    private Tensor losses;

    /** @param rows of the inputs in their views */
    HardestContrastiveOp(ContrastKernels.Margins margins, ContrastKernels.Rows rows) {
        this.margins = margins;
        this.rows = rows;
    }

    /** The loss, the part of the matches, and that of the negatives, unweighted; the caller releases it. */
    Tensor losses() {
        return losses;
    }

    /** One of the {@link #losses}, as a tensor of its own. */
    Tensor figure(int part) {
        Tensor figure = losses.engine().allocate(1);
        losses.engine().dense().copy(1, losses.buffer().slice(part, 1), figure.buffer());
        return figure;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        gradients = inputs.stream().map(input -> engine.allocate(input.shape())).toList();
        losses = engine.allocate(3);
        engine.kernel(ContrastKernels.class)
                .hardest(new ContrastKernels.Hardest(
                        inputs.getFirst().columns(),
                        inputs.get(0).buffer(),
                        inputs.get(1).buffer(),
                        inputs.get(2).buffer(),
                        inputs.get(3).buffer(),
                        rows,
                        margins,
                        gradients.get(0).buffer(),
                        gradients.get(1).buffer(),
                        gradients.get(2).buffer(),
                        gradients.get(3).buffer(),
                        losses.buffer()));
        if (!keeping()) {
            gradients.forEach(Tensor::release);
        }
        Tensor loss = engine.allocate(1);
        engine.dense().copy(1, losses.buffer(), loss.buffer());
        return loss;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        for (int i = 0; i < gradients.size(); i++) {
            Tensor t = gradients.get(i);
            gradient.engine().dense().scaleBy(t.size(), gradient.buffer(), t.buffer(), t.buffer());
            inputs.add(i, t);
        }
    }
}
