package org.scenecontexts.api.nn;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Layer norm: each row brought to mean 0 and variance 1 (Ba et al. 2016). State names: {@code weight, bias}, as in PyTorch.
 *
 * @since 0.2
 */
@Operator(says = "`layerNorm` with a trained scale and shift", shapes = "[N, C] -> [N, C]")
public final class LayerNorm extends Layer {

    /** Added to the variance unless told otherwise, as in PyTorch. */
    public static final double EPSILON = 1e-5;

    private final int channels;
    private final double epsilon;
    private final Parameter weight;
    private final Parameter bias;

    public LayerNorm(TensorEngine engine, int channels) {
        this(engine, channels, EPSILON);
    }

    /** @param epsilon added to the variance */
    public LayerNorm(TensorEngine engine, int channels, double epsilon) {
        this.channels = channels;
        this.epsilon = epsilon;
        weight = parameter("weight", Init.constant(engine, 1, channels));
        bias = parameter("bias", Init.constant(engine, 0, channels));
    }

    /**
     * @param x {@code [M, C]}
     * @throws IllegalArgumentException when it has other channels
     */
    @Override
    public Tensor apply(Tensor x) {
        if (x.columns() != channels) {
            throw new IllegalArgumentException("layer norm over " + channels + " channels was given " + x);
        }
        return x.layerNorm(weight.tensor(), bias.tensor(), epsilon);
    }
}
