package org.scenecontexts.pointnet2.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.pointnet2.TestEngines;
import org.scenecontexts.testkit.OpaqueEngine;

class PointNet2Test {

    private static final TensorEngine ENGINE = TestEngines.cpu(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static PointNet2Config config(int points, boolean useInputs, List<Double> scales, Output output) {
        return new PointNet2Config(
                points,
                useInputs,
                List.of(),
                List.of(0.2, 0.4, 0.8, 1.2),
                List.of(8, 8, 4, 4),
                scales,
                0.125,
                12,
                output,
                true,
                0.1);
    }

    private static PointBatch batch(int points, int scenes) {
        Random random = new Random(5);
        List<SampledPoints> items = new ArrayList<>();
        for (int b = 0; b < scenes; b++) {
            float[] xyz = new float[3 * (points / 2 + 100 * b)];
            for (int i = 0; i < xyz.length; i++) {
                xyz[i] = random.nextFloat() * 2;
            }
            items.add(Samplers.points(points).sample(Scene.ofPositions("scene" + b, xyz), random));
        }
        return PointBatch.of(items, List.of(InputFeature.HEIGHT));
    }

    private static PointNet2 network(PointNet2Config config) {
        return new PointNet2(ENGINE, new Random(1), config, 1);
    }

    @Test
    void hasThePublishedNumberOfParameters() {
        assertThat(network(PointNet2Config.published(Output.POINTS)).parameterCount())
                .isEqualTo(794_496);
        assertThat(network(PointNet2Config.published(Output.SEEDS)).parameterCount())
                .isEqualTo(641_856);
    }

    @Test
    void givesAFeatureAtEveryPointAndAGradientForEveryParameter() {
        PointNet2 network = network(config(256, true, List.of(1.0), Output.POINTS));

        Tensor features = network.features(batch(256, 2));
        assertThat(features.shape()).containsExactly(512, 12);
        features.multiply(features).sum().backward();

        network.namedParameters()
                .forEach((name, parameter) ->
                        assertThat(parameter.grad()).as(name).isPresent());
    }

    @Test
    void takesFewerCentresThanPublishedForFewPoints() {
        PointNet2Config few = config(256, true, List.of(1.0), Output.POINTS);
        PointNet2Config many = config(20000, true, List.of(1.0), Output.POINTS);

        assertThat(List.of(few.centres(0), few.centres(1), few.centres(2), few.centres(3)))
                .containsExactly(64, 32, 16, 8);
        assertThat(List.of(many.centres(0), many.centres(1), many.centres(2), many.centres(3)))
                .containsExactly(2048, 1024, 512, 256);
    }

    @Test
    void groupsAtSeveralScalesWithPerceptronsOfTheirOwn() {
        PointNet2 network = network(config(256, true, List.of(1.0, 2.0), Output.POINTS));

        assertThat(network.namedParameters()).containsKey("sa2.mlps.1.layer0.conv.weight");
        assertThat(network.features(batch(256, 1)).shape()).containsExactly(256, 12);
    }

    @Test
    void doesNotReadInputsThatItIsNotToUse() {
        PointNet2 network = network(config(256, false, List.of(1.0), Output.POINTS));
        network.training(false);
        PointBatch batch = batch(256, 1);
        float[] before = network.features(batch).toArray();

        batch.inputs()[7] += 1;

        assertThat(network.features(batch).toArray()).containsExactly(before);
    }

    @Test
    void givesTheFirstSeedsOfEachSceneWithTheirPlaces() {
        PointNet2 network = network(config(256, true, List.of(1.0), Output.SEEDS));
        PointBatch batch = batch(256, 2);

        FeatureSet seeds = network.seeds(batch, 10);

        assertThat(seeds.features().shape()).containsExactly(20, 32);
        assertThat(seeds.offsets()).containsExactly(0, 10, 20);
        for (int i = 0; i < 20; i++) {
            assertThat(seeds.rows()[i]).isBetween(i / 10 * 256, i / 10 * 256 + 255);
            for (int a = 0; a < 3; a++) {
                assertThat(seeds.positions()[3 * i + a]).isEqualTo(batch.positions()[3 * seeds.rows()[i] + a]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 32})
    void givesPlacesOfSeedsAndWhatIsKnownThereOnTheEngine(int count) {
        PointNet2 network = network(config(256, true, List.of(1.0), Output.SEEDS));
        PointBatch batch = batch(256, 2);

        FeatureSet seeds = network.seeds(batch, count);

        assertThat(seeds.places().rows().toArray()).containsExactly(seeds.positions());
        assertThat(seeds.places().offsets()).containsExactly(0, count, 2 * count);
        assertThat(seeds.gather(Backbone.positions(ENGINE, batch)).toArray()).containsExactly(seeds.positions());
    }

    @Test
    void refusesMoreSeedsThanThereAreAndFeaturesItWasNotBuiltFor() {
        PointNet2 network = network(config(256, true, List.of(1.0), Output.SEEDS));

        assertThatThrownBy(() -> network.seeds(batch(256, 1), 33)).hasMessageContaining("1 to 32, found 33");
        assertThatThrownBy(() -> network.features(batch(256, 1))).hasMessageContaining("output: points");
    }

    @Test
    void saysWhatItGives() {
        PointNet2Factory factory = new PointNet2Factory();

        assertThat(factory.provides(config(256, true, List.of(1.0), Output.POINTS)))
                .containsExactly(Capability.POINT_FEATURES);
        assertThat(factory.provides(config(256, true, List.of(1.0), Output.SEEDS)))
                .containsExactly(Capability.SEEDS);
    }

    @Test
    void givesWhatTheTaskAsksForUnlessThePipelineSays() {
        PointNet2Factory factory = new PointNet2Factory();
        PointNet2Config open = config(256, true, List.of(1.0), Output.AUTO);

        assertThat(factory.suited(open, Set.of(Capability.SEEDS)).output()).isEqualTo(Output.SEEDS);
        assertThat(factory.suited(open, Set.of(Capability.POINT_FEATURES)).output())
                .isEqualTo(Output.POINTS);
        assertThat(factory.suited(open.at(Output.POINTS), Set.of(Capability.SEEDS))
                        .output())
                .isEqualTo(Output.POINTS);
    }

    @Test
    void builtForPointsItsSeedsHaveTheFeaturesOfPoints() {
        PointNet2 network = network(config(256, true, List.of(1.0), Output.POINTS));
        PointBatch batch = batch(256, 2);
        float[] all = network.features(batch).toArray();

        FeatureSet seeds = network.seeds(batch, 10);

        assertThat(network.hasOwnSeeds()).isFalse();
        assertThat(seeds.features().shape()).containsExactly(20, network.channels());
        float[] found = seeds.features().toArray();
        for (int i = 0; i < 20; i++) {
            int row = seeds.rows()[i] * network.channels();
            assertThat(Arrays.copyOfRange(found, i * network.channels(), (i + 1) * network.channels()))
                    .containsExactly(Arrays.copyOfRange(all, row, row + network.channels()));
        }
    }

    /** Outputs and gradients. */
    private static Map<String, float[]> pass(TensorEngine engine) {
        Map<String, float[]> found = new LinkedHashMap<>();
        PointNet2 network =
                new PointNet2(engine, new Random(1), config(256, true, List.of(1.0, 2.0), Output.POINTS), 1);
        try (PointBatch batch = batch(256, 2)) {
            Tensor features = network.features(batch);
            found.put("features", features.toArray());
            features.multiply(features).sum().backward();
            found.put("seeds", network.seeds(batch, 16).positions());
        }
        network.namedParameters()
                .forEach((name, parameter) ->
                        found.put(name, parameter.grad().orElseThrow().toArray()));
        return found;
    }

    @Test
    void givesTheSameBitsOnAnEngineWithoutArrays() {
        try (OpaqueEngine opaque = new OpaqueEngine(TestEngines.cpu(2))) {
            Map<String, float[]> expected = pass(ENGINE);
            Map<String, float[]> found = pass(opaque);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach(
                    (name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
        }
    }

    @Test
    void whatABatchNeededComesBackWithIt() {
        long before = ENGINE.buffers().lentBytes();
        try (PointBatch batch = batch(256, 2);
                var scope = ENGINE.noGrad()) {
            assertThat(scope).isNotNull();
            network(config(256, true, List.of(1.0), Output.POINTS))
                    .features(batch)
                    .release();
            assertThat(ENGINE.buffers().lentBytes()).isGreaterThan(before);
        }
        assertThat(ENGINE.buffers().lentBytes()).isEqualTo(before);
    }
}
