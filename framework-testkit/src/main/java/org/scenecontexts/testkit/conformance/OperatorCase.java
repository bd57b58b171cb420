package org.scenecontexts.testkit.conformance;

import java.util.List;
import java.util.function.Function;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * An operator at one size, with its definition in double precision.
 *
 * @param operator its method and the simple names of its parameters, such as {@code softmax(Groups)}
 * @param applied the operator on an engine
 * @param definition the output from the inputs, as plainly as it can be written
 */
record OperatorCase(
        String operator,
        List<Input> inputs,
        Function<TensorEngine, Function<List<Tensor>, Tensor>> applied,
        Function<double[][], double[]> definition) {

    static OperatorCase of(
            String operator,
            List<Input> inputs,
            Function<List<Tensor>, Tensor> applied,
            Function<double[][], double[]> definition) {
        return new OperatorCase(operator, inputs, engine -> applied, definition);
    }
}
