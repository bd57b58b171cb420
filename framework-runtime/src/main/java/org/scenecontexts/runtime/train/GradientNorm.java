package org.scenecontexts.runtime.train;

import java.util.Map;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;

/** The length of all gradients taken as one vector, and how to change it. */
final class GradientNorm {

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

    /** Multiplies all gradients. */
    static void scale(TensorEngine engine, Map<String, Parameter> parameters, double factor) {
        for (Parameter parameter : parameters.values()) {
            parameter.grad().ifPresent(g -> engine.dense().scale(g.size(), (float) factor, g.data(), g.data()));
        }
    }
}
