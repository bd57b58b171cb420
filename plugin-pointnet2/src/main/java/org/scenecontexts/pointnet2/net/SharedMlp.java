package org.scenecontexts.pointnet2.net;

import java.util.List;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The perceptron that PointNet++ applies to every point or neighbour alike: per layer a 1x1 convolution without bias,
 * batch norm and ReLU, the last layer too (REFERENCE 2.2).
 *
 * <p>State names: {@code layer0.conv.weight}, {@code layer0.bn.bn.weight} and so on.
 *
 * @since 0.1
 */
public final class SharedMlp extends Layer {

    private final SharedConvolution[] convolutions;
    private final BatchNorm[] norms;

    /**
     * @param in channels of the input
     * @param widths channels after each layer, at least one
     */
    public SharedMlp(TensorEngine engine, RandomGenerator random, int in, List<Integer> widths, Momentum momentum) {
        convolutions = new SharedConvolution[widths.size()];
        norms = new BatchNorm[widths.size()];
        int from = in;
        for (int i = 0; i < widths.size(); i++) {
            int to = widths.get(i);
            convolutions[i] = child("layer" + i + ".conv", new SharedConvolution(engine, random, from, to));
            norms[i] = child("layer" + i + ".bn.bn", new BatchNorm(engine, to, momentum));
            from = to;
        }
    }

    @Override
    public Tensor apply(Tensor x) {
        Tensor y = x;
        for (int i = 0; i < convolutions.length; i++) {
            Tensor product = convolutions[i].apply(y);
            if (y != x) {
                y.release();
            }
            y = norms[i].applyRelu(product);
            product.release();
        }
        return y;
    }
}
