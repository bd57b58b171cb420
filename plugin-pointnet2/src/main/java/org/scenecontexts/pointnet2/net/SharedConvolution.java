package org.scenecontexts.pointnet2.net;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Init;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;

/** A 1x1 convolution without bias, stored as published: {@code weight [out, in, 1, 1]} (REFERENCE 2.2). */
final class SharedConvolution extends Layer {

    private final Parameter weight;

    SharedConvolution(TensorEngine engine, RandomGenerator random, int in, int out) {
        weight = parameter("weight", Init.kaimingNormal(engine, random, in, out, in), out, in, 1, 1);
    }

    @Override
    public Tensor apply(Tensor x) {
        return x.matmulTransposed(weight.tensor());
    }
}
