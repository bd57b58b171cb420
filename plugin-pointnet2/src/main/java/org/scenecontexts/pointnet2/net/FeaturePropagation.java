package org.scenecontexts.pointnet2.net;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.tensor.Tensor;

/**
 * One step up in PointNet++: features of few points are interpolated at more points, put beside what was known there,
 * and sent through a shared perceptron (REFERENCE 2.2). State names: {@code mlp.*}.
 */
final class FeaturePropagation extends Module {

    private final SharedMlp perceptron;

    FeaturePropagation(TensorEngine engine, RandomGenerator random, int in, List<Integer> widths, Momentum momentum) {
        perceptron = child("mlp", new SharedMlp(engine, random, in, widths, momentum));
    }

    /**
     * @param coarse features of the known points; released
     * @param skip features already known at the other points, not released
     */
    Tensor apply(Tensor coarse, Optional<Tensor> skip, Interpolation interpolation) {
        Tensor carried = new InterpolateOp(interpolation).apply(coarse);
        coarse.release();
        Tensor x = skip.map(s -> Tensor.concat(carried, s)).orElse(carried);
        if (x != carried) {
            carried.release();
        }
        Tensor y = perceptron.apply(x);
        x.release();
        return y;
    }
}
