package org.scenecontexts.runtime.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;

/** The length of all gradients taken as one vector, found where they are, and how to change it. */
final class GradientNorm {

    private GradientNorm() {}

    /**
     * Measures over all parameters that have a gradient.
     *
     * @return {@code [3]} as {@link org.scenecontexts.api.engine.DenseKernels#norm} writes it; the caller releases it
     */
    static Tensor measure(TensorEngine engine, Map<String, Parameter> parameters) {
        List<Buffer> parts = parameters.values().stream()
                .map(Parameter::grad)
                .flatMap(Optional::stream)
                .map(gradient -> gradient.buffer().slice(0, gradient.size()))
                .toList();
        Tensor norm = engine.allocate(3);
        engine.dense().norm(parts, Double.POSITIVE_INFINITY, norm.buffer());
        return norm;
    }

    /** Euclidean length over all parameters that have a gradient; not finite when any of its values is not. */
    static double of(TensorEngine engine, Map<String, Parameter> parameters) {
        Tensor norm = measure(engine, parameters);
        double length = norm.buffer().get(0);
        norm.release();
        return length;
    }

    /** Multiplies all gradients. */
    static void scale(TensorEngine engine, Map<String, Parameter> parameters, double factor) {
        for (Parameter parameter : parameters.values()) {
            parameter.grad().ifPresent(g -> engine.dense().scale(g.size(), (float) factor, g.buffer(), g.buffer()));
        }
    }
}
