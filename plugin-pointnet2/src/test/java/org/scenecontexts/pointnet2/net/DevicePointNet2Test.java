package org.scenecontexts.pointnet2.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.pointnet2.DeviceEngines;
import org.scenecontexts.pointnet2.TestEngines;
import org.scenecontexts.resident.ResidentConfig;
import org.scenecontexts.resident.ResidentEngine;

/** A step of PointNet++ where values stay on a device: the processor's, and no copy; skipped where there is no device. */
class DevicePointNet2Test {

    /** Some thousand products are summed up in another order: 2^-24 each, in a random walk, through ten layers. */
    private static final double LOSS = 1e-5;

    /** As a whole; roundings decide about single ReLUs and winners, each one row of some hundreds. */
    private static final double GRADIENTS = 1e-3;

    /** Each of some thirty kept tensors is off by 2^-9 at most: 1% where they are independent; norms multiply it by a few. */
    private static final double KEPT = 0.1;

    private static PointBatch batch() {
        Random random = new Random(5);
        List<SampledPoints> items = new ArrayList<>();
        for (int b = 0; b < 2; b++) {
            float[] xyz = new float[3 * (300 + 100 * b)];
            for (int i = 0; i < xyz.length; i++) {
                xyz[i] = random.nextFloat() * 2;
            }
            items.add(Samplers.points(256).sample(Scene.ofPositions("scene" + b, xyz), random));
        }
        return PointBatch.of(items, List.of(InputFeature.HEIGHT));
    }

    private static Map<String, float[]> step(TensorEngine engine) {
        PointNet2Config config = new PointNet2Config(
                256,
                true,
                List.of(),
                List.of(0.2, 0.4, 0.8, 1.2),
                List.of(8, 8, 4, 4),
                List.of(1.0),
                0.125,
                12,
                Output.POINTS,
                true,
                0.1);
        PointNet2 network = new PointNet2(engine, new Random(1), config, 1);
        Map<String, float[]> found = new LinkedHashMap<>();
        try (PointBatch batch = batch()) {
            Tensor features = network.features(batch);
            Tensor loss = features.multiply(features).sum();
            found.put("loss", loss.toArray());
            loss.backward();
            network.namedParameters()
                    .forEach((name, parameter) ->
                            found.put(name, parameter.grad().orElseThrow().toArray()));
        }
        return found;
    }

    private static double difference(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double difference = 0;
        double size = 1e-30;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) found[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / size);
    }

    @Test
    void lossAndGradientsAreThoseOfTheProcessorAndNothingIsCopied() {
        try (TensorEngine cpu = TestEngines.cpu(1);
                ResidentEngine device = DeviceEngines.open()) {
            Map<String, float[]> expected = step(cpu);
            Map<String, float[]> found = step(device);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach((name, values) -> assertThat(difference(found.get(name), values))
                    .as(name)
                    .isLessThan(name.equals("loss") ? LOSS : GRADIENTS));
            assertThat(device.crossings().calls())
                    .as("calls of borrowed kernels")
                    .isZero();
        }
    }

    @Test
    void aStepGivesTheSameBitsTwice() {
        try (ResidentEngine once = DeviceEngines.open();
                ResidentEngine twice = DeviceEngines.open()) {
            Map<String, float[]> expected = step(once);
            step(twice).forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
        }
    }

    @Test
    void activationsKeptAsBfloat16ChangeTheGradientsAndNotTheLoss() {
        try (ResidentEngine whole = DeviceEngines.open();
                ResidentEngine half = DeviceEngines.keepingBfloat16()) {
            Map<String, float[]> expected = step(whole);
            Map<String, float[]> found = step(half);
            assertThat(half.launchesByKernel()).containsKeys("packBfloat16", "unpackBfloat16");
            assertThat(found.get("loss")).isEqualTo(expected.get("loss"));
            assertThat(distance(found, expected)).as("of all gradients").isBetween(1e-5, KEPT);
        }
    }

    /** How far everything that a step gives is from another's, together. */
    private static double distance(Map<String, float[]> found, Map<String, float[]> expected) {
        double difference = 0;
        double size = 0;
        for (String name : expected.keySet()) {
            for (int i = 0; i < expected.get(name).length; i++) {
                difference += Math.pow((double) found.get(name)[i] - expected.get(name)[i], 2);
                size += Math.pow(expected.get(name)[i], 2);
            }
        }
        return Math.sqrt(difference / size);
    }

    /** A layer rounds its input, its weights and what its norm makes, where products alone round the first two; twice for luck. */
    private static final double STORED = 2 * 1.5;

    @Test
    void resultsStoredAsBfloat16AreAboutAsFarFromFloat32AsRoundedOperandsAreAndTheSameTwice() {
        try (ResidentEngine whole = DeviceEngines.open();
                ResidentEngine operands = DeviceEngines.multiplyingBfloat16(ResidentConfig.Stored.FP32);
                ResidentEngine stored = DeviceEngines.multiplyingBfloat16(ResidentConfig.Stored.BF16)) {
            Map<String, float[]> exact = step(whole);
            Map<String, float[]> found = step(stored);
            assertThat(distance(found, exact)).isLessThan(STORED * distance(step(operands), exact));
            step(stored).forEach((name, values) -> assertThat(values).as(name).isEqualTo(found.get(name)));
            assertThat(stored.crossings().calls()).isZero();
        }
    }
}
