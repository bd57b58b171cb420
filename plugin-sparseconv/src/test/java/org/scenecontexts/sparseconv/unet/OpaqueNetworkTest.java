package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.testkit.OpaqueEngine;

/** A network on an engine without arrays, all kernels lent: nothing in it asks for an array by accident. */
class OpaqueNetworkTest {

    private static final int CLASSES = 12;

    private static PointBatch batch() {
        Random random = new Random(4);
        Set<List<Integer>> cells = new LinkedHashSet<>();
        while (cells.size() < 500) {
            int x = random.nextInt(30);
            int y = random.nextInt(30);
            cells.add(List.of(0, x, y, (int) (4 * Math.sin(x * 0.2))));
        }
        int[] voxels =
                cells.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
        float[] inputs = new float[3 * cells.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextFloat() - 0.5f;
        }
        return GoldenBatch.of(
                voxels, inputs, random.ints(cells.size(), 0, CLASSES).toArray());
    }

    /** Everything that a training step gives: loss, gradients, running statistics, and outputs in use after it. */
    static Map<String, float[]> step(TensorEngine engine, boolean recompute) {
        Map<String, float[]> found = new LinkedHashMap<>();
        var config = new Res16UNetConfig(0.125, 0.02, 3, KernelLayout.MINKOWSKI_04_HYBRID, 0.02, 0.1, true, recompute);
        Res16UNet network = new Res16UNet(engine, new Random(1), Variant.RES16UNET14A, config, 3);
        try (PointBatch batch = batch()) {
            Tensor features = network.features(batch);
            Tensor loss = new CrossEntropy(batch.labels(engine, CLASSES), 0, Buffer.NONE).apply(features);
            features.release();
            found.put("loss", loss.toArray());
            loss.backward();
            network.namedParameters()
                    .forEach((name, parameter) ->
                            found.put(name, parameter.grad().orElseThrow().toArray()));
            network.training(false);
            try (var scope = engine.noGrad()) {
                assertThat(scope).isNotNull();
                found.put("outputs", network.features(batch).toArray());
            }
        }
        for (StateEntry entry : network.state()) {
            if (entry instanceof StateEntry.Floats floats) {
                found.put("state " + entry.name(), floats.values());
            }
        }
        return found;
    }

    @Test
    void givesTheSameBitsAsOnTheProcessor() {
        for (boolean recompute : new boolean[] {false, true}) {
            try (TensorEngine cpu = TestEngines.cpu(2);
                    OpaqueEngine opaque = new OpaqueEngine(TestEngines.cpu(2))) {
                Map<String, float[]> expected = step(cpu, recompute);
                Map<String, float[]> found = step(opaque, recompute);
                assertThat(found.keySet()).isEqualTo(expected.keySet());
                expected.forEach(
                        (name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
                assertThat(opaque.crossings().calls()).isGreaterThan(100);
            }
        }
    }
}
