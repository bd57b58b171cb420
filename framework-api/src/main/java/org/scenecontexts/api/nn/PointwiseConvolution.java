package org.scenecontexts.api.nn;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * A 1x1 convolution over points, {@code y = x . K + b}, stored as sparse networks publish it: {@code kernel [in, out]} and
 * {@code bias [1, out]} (REFERENCE 1.7 item 8). It is what heads on a sparse backbone are made of.
 *
 * <p>First values are uniform within 1 / sqrt(in) (REFERENCE 1.5). For {@code weight [out, in]} see {@link Linear}.
 *
 * @since 0.1
 */
@Operator(says = "`x . W`, a convolution of size 1", shapes = "[N, in] -> [N, out]")
public final class PointwiseConvolution extends Layer {

    private final Parameter kernel;
    private final Optional<Parameter> bias;

    /**
     * @param in channels of the input, at least 1
     * @param out channels of the output, at least 1
     */
    public PointwiseConvolution(TensorEngine engine, RandomGenerator random, int in, int out, boolean withBias) {
        double bound = 1 / Math.sqrt(in);
        kernel = parameter("kernel", Init.uniform(engine, random, bound, in, out));
        bias = withBias
                ? Optional.of(parameter("bias", Init.uniform(engine, random, bound, out), 1, out))
                : Optional.empty();
    }

    @Override
    public Tensor apply(Tensor x) {
        return biased(x.matmul(kernel.tensor()));
    }

    /** As {@link #apply}, but a released result is computed again in the backward pass instead of being kept. */
    public Tensor applyRemade(Tensor x) {
        return biased(x.matmulRemade(kernel.tensor()));
    }

    private Tensor biased(Tensor product) {
        if (bias.isEmpty()) {
            return product;
        }
        Tensor y = product.add(bias.get().tensor());
        product.release();
        return y;
    }
}
