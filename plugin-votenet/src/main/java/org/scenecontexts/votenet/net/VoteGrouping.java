package org.scenecontexts.votenet.net;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Init;
import org.scenecontexts.api.nn.Layer;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.point.Neighbours;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What the votes around a place say together: a shared perceptron over each of them, then the maximum (Qi et al., PointNet++,
 * NIPS 2017, section 3.2; REFERENCE 8.1). State names as published: {@code mlp_module.layer0.conv.weight} and so on.
 */
final class VoteGrouping extends Layer {

    private static final double MOMENTUM = 0.1;
    private static final int LAYERS = 3;

    private final Shared[] convolutions = new Shared[LAYERS];
    private final BatchNorm[] norms = new BatchNorm[LAYERS];

    /** A map without bias, stored as published: {@code weight [out, in, 1, 1]}. */
    private static final class Shared extends Layer {
        private final Parameter weight;

        Shared(TensorEngine engine, RandomGenerator random, int in, int out) {
            weight = parameter("weight", Init.kaimingNormal(engine, random, in, out, in), out, in, 1, 1);
        }

        @Override
        public Tensor apply(Tensor x) {
            return x.matmulTransposed(weight.tensor());
        }
    }

    VoteGrouping(TensorEngine engine, RandomGenerator random, int channels, int width) {
        int from = 3 + channels;
        for (int i = 0; i < LAYERS; i++) {
            convolutions[i] = child("mlp_module.layer" + i + ".conv", new Shared(engine, random, from, width));
            norms[i] =
                    child("mlp_module.layer" + i + ".bn.bn", new BatchNorm(engine, width, Momentum.ofBatch(MOMENTUM)));
            from = width;
        }
    }

    /**
     * One row per place.
     *
     * @param votes places of the votes, {@code [V, 3]}
     * @param centres where proposals are, {@code [Q, 3]}
     * @param features of the votes, {@code [V, C]}
     * @param radius metres; also the unit in which votes are seen from a centre
     */
    Tensor apply(
            Neighbourhoods neighbourhoods, Points votes, Points centres, Tensor features, double radius, int samples) {
        Neighbours near = neighbourhoods.within(votes, centres, radius, samples);
        Tensor seen = neighbourhoods.group(votes.rows(), centres.rows(), near, radius);
        Tensor known = neighbourhoods.gather(features, near);
        Tensor rows = Tensor.concat(seen, known);
        seen.release();
        known.release();
        Tensor y = apply(rows);
        rows.release();
        Tensor most = y.groupMax(samples);
        y.release();
        return most;
    }

    @Override
    public Tensor apply(Tensor x) {
        Tensor y = x;
        for (int i = 0; i < LAYERS; i++) {
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
