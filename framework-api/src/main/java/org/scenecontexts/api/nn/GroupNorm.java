package org.scenecontexts.api.nn;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Group norm: the channels in equal parts, each brought to mean 0 and variance 1 (Wu and He 2018). As many parts as channels
 * make it an instance norm. State names: {@code weight, bias}, as in PyTorch.
 *
 * @since 0.2
 */
@Operator(
        says = "`groupNorm` with a trained scale and shift, over the rows of groups or of each row alone",
        shapes = "[N, C] -> [N, C]")
public final class GroupNorm extends Layer {

    private final int parts;
    private final int channels;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * @param parts of the channels, which divide into them
     * @throws IllegalArgumentException when they do not
     */
    public GroupNorm(TensorEngine engine, int parts, int channels) {
        if (parts < 1 || channels % parts != 0) {
            throw new IllegalArgumentException(
                    "group norm of " + channels + " channels in " + parts + " parts: they do not divide into them");
        }
        this.parts = parts;
        this.channels = channels;
        weight = parameter("weight", Init.constant(engine, 1, channels));
        bias = parameter("bias", Init.constant(engine, 0, channels));
    }

    /** With moments of each row alone, as PyTorch has for {@code [N, C]}. */
    @Override
    public Tensor apply(Tensor x) {
        return apply(x, new Groups.Equal(x.rows(), 1));
    }

    /**
     * With moments over the rows of each group, such as the points of each scene, as PyTorch has for {@code [B, C, L]}.
     *
     * @param x {@code [M, C]}
     * @throws IllegalArgumentException when it has other channels
     */
    public Tensor apply(Tensor x, Groups groups) {
        if (x.columns() != channels) {
            throw new IllegalArgumentException("group norm over " + channels + " channels was given " + x);
        }
        return x.groupNorm(groups, parts, weight.tensor(), bias.tensor(), LayerNorm.EPSILON);
    }
}
