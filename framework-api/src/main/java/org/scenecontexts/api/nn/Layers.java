package org.scenecontexts.api.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Short ways to common stacks of layers.
 *
 * @since 0.1
 */
public final class Layers {

    private Layers() {}

    /**
     * A shared multi-layer perceptron: {@code layers} times (linear without bias, batch norm, ReLU).
     *
     * @param in channels of the input
     * @param width channels of every layer
     */
    public static Layer mlp(TensorEngine engine, RandomGenerator random, int in, int width, int layers) {
        List<Layer> stack = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            stack.add(new Linear(engine, random, i == 0 ? in : width, width, false));
            stack.add(new BatchNorm(engine, width, Momentum.ofBatch(0.1)));
            stack.add(new Relu());
        }
        return new Sequential(stack);
    }
}
