package com.example.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.grid.SparseGrid;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.point.Neighbours;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.GradientCheck;
import org.scenecontexts.testkit.Numbers;
import org.scenecontexts.testkit.pipeline.KitEngines;

/** The layers of these networks, compared with differences of what they compute, number by number. */
class GradientsTest {

    private final TensorEngine engine = KitEngines.cpu(1);
    private final GradientCheck check = new GradientCheck(engine);

    @AfterEach
    void close() {
        engine.close();
    }

    /** The input and every parameter of a layer. */
    private static Tensor[] leaves(Tensor x, Module layer) {
        List<Tensor> leaves = new ArrayList<>(List.of(x));
        layer.parameters().forEach(parameter -> leaves.add(parameter.tensor()));
        return leaves.toArray(Tensor[]::new);
    }

    @Test
    void aTransformerBlockLearnsFromAttentionAmongVoxelsOfTwoScenes() {
        int[] voxels = {0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 3, 1, 2, 0, 3, 2, 2, 1, 0, 0, 5, 1, 0, 1, 5};
        TransformerBlock block = new TransformerBlock(engine, new SplittableRandom(1), 4, 0);
        try (SparseGrid grid = SparseGrid.of(engine, voxels, 2)) {
            Patches patches = Patches.of(engine, grid, Curve.HILBERT, 3);
            Tensor x = check.leaf(2, grid.rows(), 4);
            check.check(all -> block.apply(all.getFirst(), grid, patches), leaves(x, block));
        }
    }

    @Test
    void anEdgeConvolutionLearnsFromTheLargestEdgeOfEachPoint() {
        EdgeConv convolution = new EdgeConv(engine, new SplittableRandom(3), 3, List.of(2, 2));
        // Statistics of use: those of a batch would make every number depend on every other.
        convolution.training(false);
        Neighbourhoods near = new Neighbourhoods(engine);
        // Far apart, so that the steps of the check cross no kink of the leaky ReLU and change no maximum.
        Tensor x = check.leaf(Numbers.normal(5 * 3, 6, 0, 16), 5, 3);
        Points points = new Points(engine.wrap(x.toArray(), 5, 3), new int[] {0, 3, 5});
        try (Neighbours found = near.nearest(points, points, 2)) {
            check.check(all -> convolution.apply(all.getFirst(), near, found), x);
        }
    }
}
