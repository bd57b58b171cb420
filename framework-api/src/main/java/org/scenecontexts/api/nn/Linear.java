package org.scenecontexts.api.nn;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * {@code y = x . W^T + b} with PyTorch's layout and first values: weight {@code [out, in]} and bias uniform within
 * 1 / sqrt(in).
 *
 * @since 0.1
 */
@Operator(says = "`x . W^T + b`", shapes = "[N, in] -> [N, out]")
public final class Linear extends Layer {

    private final Parameter weight;
    private final java.util.Optional<Parameter> bias;

    public Linear(TensorEngine engine, RandomGenerator random, int in, int out, boolean withBias) {
        double bound = 1 / Math.sqrt(in);
        weight = parameter("weight", Init.uniform(engine, random, bound, out, in));
        bias = withBias
                ? java.util.Optional.of(parameter("bias", Init.uniform(engine, random, bound, out)))
                : java.util.Optional.empty();
    }

    @Override
    public Tensor apply(Tensor x) {
        Tensor product = x.matmulTransposed(weight.tensor());
        if (bias.isEmpty()) {
            return product;
        }
        Tensor y = product.add(bias.get().tensor());
        product.release();
        return y;
    }
}
