package org.scenecontexts.runtime.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.InnerNetwork;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.RunContext;
import org.scenecontexts.runtime.toy.ToyBackbone;

/** A task runs a further network, with gradient, on points that it makes inside a step. */
class InnerNetworkTest {

    private final CpuEngine engine = new CpuEngine(1, List.of());
    private final ModelContext context = new RunContext(new Chance(3), message -> {})
            .model(new Chance(3).random(), engine, 1, SceneClasses.none(), 0);

    @AfterEach
    void close() {
        engine.close();
    }

    private InnerNetwork network(int points) {
        Choice<ModelContext, Backbone> choice = new Choice<>(new ToyBackbone(), new ToyBackbone.Config(4, points));
        return InnerNetwork.of(choice, context, 2);
    }

    private static PointBatch outer() {
        return PointBatch.of(
                List.of(Samplers.all().sample(Scene.ofPositions("room", new float[3]), new Random(1))),
                List.of(InputFeature.ONES));
    }

    private static final List<Scene> GROUPS = List.of(
            Scene.ofPositions("one", new float[] {0, 0, 0, 1, 0, 0}), Scene.ofPositions("two", new float[] {5, 5, 5}));

    @Test
    void everyMadePointGetsAFeatureThroughTheNetworksOwnSampling() {
        InnerNetwork network = network(1);
        Tensor inputs = engine.wrap(new float[] {1, 2, 3, -1, 0.5f, 4}, 3, 2);
        float[] features =
                network.features(GROUPS, inputs, new Random(2), outer()).toArray();
        assertThat(features).hasSize(3 * 4);
        // One point stands for both of the first group.
        assertThat(java.util.Arrays.copyOfRange(features, 0, 4))
                .containsExactly(java.util.Arrays.copyOfRange(features, 4, 8));
    }

    @Test
    void gradientsReachTheFeaturesItIsGivenAndItsParameters() {
        InnerNetwork network = network(0);
        Tensor inputs = engine.wrap(new float[] {1, 2, 3, -1, 0.5f, 4}, 3, 2).requireGrad();
        PointBatch outer = outer();
        Tensor features = network.features(GROUPS, inputs, new Random(2), outer);
        features.multiply(features).sum().backward();
        float[] found = inputs.grad().orElseThrow().toArray();
        for (int i = 0; i < 6; i++) {
            assertThat((double) found[i]).isCloseTo(slope(network, i), org.assertj.core.api.Assertions.within(2e-2));
        }
        assertThat(network.module().parameters())
                .isNotEmpty()
                .allSatisfy(parameter -> assertThat(parameter.tensor().grad()).isPresent());
        outer.close();
    }

    /** Central difference of the sum of squares by one input; inputs on no line, where a normed value would be 0, a kink. */
    private double slope(InnerNetwork network, int at) {
        double step = 1e-3;
        double[] sums = new double[2];
        for (int side = 0; side < 2; side++) {
            float[] values = {1, 2, 3, -1, 0.5f, 4};
            values[at] += (float) (side == 0 ? -step : step);
            for (float value : network.features(GROUPS, engine.wrap(values, 3, 2), new Random(2), outer())
                    .toArray()) {
                sums[side] += (double) value * value;
            }
        }
        return (sums[1] - sums[0]) / (2 * step);
    }

    @Test
    void aRowOfFeaturesForEachPointIsExpected() {
        assertThatThrownBy(() -> network(0).features(GROUPS, engine.wrap(new float[4], 2, 2), new Random(2), outer()))
                .hasMessageContaining("got 2 rows of features for 3 points");
    }
}
