package org.scenecontexts.votenet.net;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Init;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;

/** A linear map of every row, stored as published: {@code weight [out, in, 1]} and {@code bias [out]} (REFERENCE 8.1). */
final class Convolution1d extends Layer {

    private final Parameter weight;
    private final Parameter bias;

    Convolution1d(TensorEngine engine, RandomGenerator random, int in, int out) {
        double bound = 1 / Math.sqrt(in);
        weight = parameter("weight", Init.uniform(engine, random, bound, out, in), out, in, 1);
        bias = parameter("bias", Init.uniform(engine, random, bound, out));
    }

    @Override
    public Tensor apply(Tensor x) {
        Tensor product = x.matmulTransposed(weight.tensor());
        Tensor y = product.add(bias.tensor());
        product.release();
        return y;
    }
}
