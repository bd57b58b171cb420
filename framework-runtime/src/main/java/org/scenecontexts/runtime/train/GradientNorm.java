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
        return measure(engine, parts(parameters), Double.POSITIVE_INFINITY);
    }

    private static Tensor measure(TensorEngine engine, List<Buffer> parts, double limit) {
        Tensor norm = engine.allocate(3);
        engine.dense().norm(parts, limit, norm.buffer());
        return norm;
    }

    /** Brings the length to a limit where it is above. */
    static void limit(TensorEngine engine, Map<String, Parameter> parameters, double limit) {
        List<Buffer> parts = parts(parameters);
        Tensor norm = measure(engine, parts, limit);
        Buffer factor = norm.buffer().slice(1, 1);
        parts.forEach(part -> engine.dense().scaleBy(part.capacity(), factor, part, part));
        norm.release();
    }

    private static List<Buffer> parts(Map<String, Parameter> parameters) {
        return parameters.values().stream()
                .map(Parameter::grad)
                .flatMap(Optional::stream)
                .map(gradient -> gradient.buffer().slice(0, gradient.size()))
                .toList();
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
