package org.scenecontexts.runtime.train;

import java.util.Map;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;

/** The length of all gradients taken as one vector, and how to shorten it. */
final class GradientNorm {

    /** As PyTorch's clip_grad_norm_ adds to the norm before it divides. */
    private static final double EPSILON = 1e-6;

    private GradientNorm() {}

    /** Euclidean length over all parameters that have a gradient; not finite when any of its values is not. */
    static double of(TensorEngine engine, Map<String, Parameter> parameters) {
        DenseKernels dense = engine.dense();
        double sum = 0;
        for (Parameter parameter : parameters.values()) {
            if (parameter.grad().isPresent()) {
                Tensor gradient = parameter.grad().get();
                sum += dense.sumOfSquares(gradient.size(), gradient.data());
            }
        }
        return Math.sqrt(sum);
    }

    /** Scales all gradients down so that their common length is at most {@code limit}. */
    static void clip(TensorEngine engine, Map<String, Parameter> parameters, double norm, double limit) {
        if (norm <= limit) {
            return;
        }
        float factor = (float) (limit / (norm + EPSILON));
        for (Parameter parameter : parameters.values()) {
            parameter.grad().ifPresent(g -> engine.dense().scale(g.size(), factor, g.data(), g.data()));
        }
    }
}
