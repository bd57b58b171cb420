package org.scenecontexts.votenet.net;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Two maps with batch norm and ReLU, then one without: what follows the seeds and what follows the groups of votes. State
 * names as published: {@code conv1, bn1, conv2, bn2, conv3}.
 */
final class NormedConvolutions extends Layer {

    private static final double MOMENTUM = 0.1;

    private final Convolution1d first;
    private final BatchNorm firstNorm;
    private final Convolution1d second;
    private final BatchNorm secondNorm;
    private final Convolution1d last;

    NormedConvolutions(TensorEngine engine, RandomGenerator random, int in, int hidden, int out) {
        first = child("conv1", new Convolution1d(engine, random, in, hidden));
        second = child("conv2", new Convolution1d(engine, random, hidden, hidden));
        last = child("conv3", new Convolution1d(engine, random, hidden, out));
        firstNorm = child("bn1", new BatchNorm(engine, hidden, Momentum.ofBatch(MOMENTUM)));
        secondNorm = child("bn2", new BatchNorm(engine, hidden, Momentum.ofBatch(MOMENTUM)));
    }

    @Override
    public Tensor apply(Tensor x) {
        Tensor hidden = normed(first, firstNorm, x);
        Tensor deeper = normed(second, secondNorm, hidden);
        hidden.release();
        Tensor y = last.apply(deeper);
        deeper.release();
        return y;
    }

    private static Tensor normed(Convolution1d convolution, BatchNorm norm, Tensor x) {
        Tensor product = convolution.apply(x);
        Tensor y = norm.applyRelu(product);
        product.release();
        return y;
    }
}
