package org.scenecontexts.sparseconv.unet;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.sparseconv.conv.SparseConvolution;

/** Makes the layers of one network, so that constructors say what is built and not from what. */
record NetworkParts(TensorEngine engine, RandomGenerator random, Res16UNetConfig config) {

    /** Stride-1 convolution inside a block: 3x3x3 in the configured layout. */
    SparseConvolution cube(int in, int out) {
        return SparseConvolution.cube(engine, random, in, out, config.kernelLayout().slices());
    }

    /** The first convolution: x fastest whatever the layout of the blocks. */
    SparseConvolution stem(int in, int out) {
        int size = config.conv1KernelSize();
        int[] xFastest = new int[size * size * size];
        Arrays.setAll(xFastest, k -> k);
        return SparseConvolution.cube(engine, random, in, out, xFastest);
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
