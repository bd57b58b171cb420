package com.example.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.point.Neighbours;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The largest, over a point's neighbours, of what a small network makes of point and neighbour (Wang et al., "Dynamic Graph
 * CNN for Learning on Point Clouds", arXiv 1801.07829, section 3).
 *
 * <p>The first layer of that network sees {@code [x_i, x_j - x_i]}; being linear, it is computed once per point and not once
 * per edge: {@code P x_j - Q x_i} says the same with other weights.
 */
final class EdgeConv extends Module {

    /** Slope of the published leaky ReLU. */
    static final double SLOPE = 0.2;

    private final Linear neighbour;
    private final Linear centre;
    private final List<Linear> linears = new ArrayList<>();
    private final List<BatchNorm> norms = new ArrayList<>();

    EdgeConv(TensorEngine engine, RandomGenerator random, int in, List<Integer> widths) {
        neighbour = child("neighbour", new Linear(engine, random, in, widths.getFirst(), false));
        centre = child("centre", new Linear(engine, random, in, widths.getFirst(), false));
        for (int i = 0; i < widths.size(); i++) {
            if (i > 0) {
                linears.add(child("linear" + i, new Linear(engine, random, widths.get(i - 1), widths.get(i), false)));
            }
            norms.add(child("norm" + i, new BatchNorm(engine, widths.get(i), Momentum.ofBatch(0.1))));
        }
    }

    /** {@code [N, in] -> [N, widths.last]}. */
    Tensor apply(Tensor x, Neighbourhoods near, Neighbours neighbours) {
        Tensor edges = near.group(neighbour.apply(x), centre.apply(x), neighbours, 1);
        Tensor y = norms.getFirst().apply(edges).leakyRelu(SLOPE);
        for (int i = 0; i < linears.size(); i++) {
            y = norms.get(i + 1).apply(linears.get(i).apply(y)).leakyRelu(SLOPE);
        }
        return y.groupMax(neighbours.count());
    }
}
