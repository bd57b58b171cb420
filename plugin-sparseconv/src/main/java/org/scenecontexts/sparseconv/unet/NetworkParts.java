package org.scenecontexts.sparseconv.unet;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.sparseconv.conv.SparseConvolution;

/** Makes the layers of one network, so that constructors say what is built and not from what. */
record NetworkParts(TensorEngine engine, RandomGenerator random, Res16UNetConfig config) {

    SparseConvolution cube(int size, int in, int out) {
        return SparseConvolution.cube(engine, random, size, in, out);
    }

    SparseConvolution down(int in, int out) {
        return SparseConvolution.down(engine, random, in, out);
    }

    SparseConvolution up(int in, int out) {
        return SparseConvolution.up(engine, random, in, out);
    }

    PointwiseConvolution pointwise(int in, int out) {
        return new PointwiseConvolution(engine, random, in, out, false);
    }

    BatchNorm norm(int channels) {
        return new BatchNorm(engine, channels, Momentum.ofBatch(config.bnMomentum()));
    }

    BatchNorm blockNorm(int channels) {
        return new BatchNorm(engine, channels, Momentum.ofBatch(config.blockBnMomentum()));
    }
}
