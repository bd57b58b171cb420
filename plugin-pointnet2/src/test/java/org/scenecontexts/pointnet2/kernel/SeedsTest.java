package org.scenecontexts.pointnet2.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.OpaqueEngine;

/** The seeds that a backbone without seeds of its own gives are the same whoever finds them. */
class SeedsTest {

    private static final List<KernelProvider<?>> KERNELS = List.of(new CpuPointKernels(), new CpuNeighbourKernels());

    /** A cloud of 1,500 points, a small one, and a lattice with many equal distances. */
    private static PointBatch batch() {
        Random random = new Random(4);
        float[] cloud = new float[3 * 1500];
        float[] lattice = new float[3 * 700];
        for (int i = 0; i < cloud.length; i++) {
            cloud[i] = 5 * random.nextFloat();
        }
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = random.nextInt(6);
        }
        return PointBatch.of(
                Stream.of(cloud, new float[] {1, 2, 3, 0, 0, 0, 1, 2, 4}, lattice)
                        .map(xyz -> Samplers.all().sample(Scene.ofPositions("s", xyz), new SplittableRandom(1)))
                        .toList(),
                List.of(InputFeature.ONES));
    }

    private static FeatureSet seeds(TensorEngine engine, PointBatch batch, int count) {
        return FeatureSet.farthest(Backbone.positions(engine, batch), batch, count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 400})
    void theyAreTheSameByThisPluginByThePlainSearchAndOnADevice(int count) {
        try (TensorEngine kernels = new CpuEngine(2, KERNELS);
                TensorEngine plain = new CpuEngine(2, List.of());
                OpaqueEngine device = new OpaqueEngine(new CpuEngine(2, KERNELS));
                PointBatch batch = batch()) {
            FeatureSet expected = seeds(plain, batch, count);
            for (TensorEngine engine : List.of(kernels, device)) {
                FeatureSet found = seeds(engine, batch, count);
                assertThat(found.rows()).isEqualTo(expected.rows());
                assertThat(found.positions()).isEqualTo(expected.positions());
                assertThat(found.features().toArray()).isEqualTo(expected.positions());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aStepOnADeviceReadsNothingBack(int steps) {
        try (OpaqueEngine device = new OpaqueEngine(new CpuEngine(1, KERNELS));
                PointBatch batch = batch()) {
            long before = device.hostReads();
            for (int step = 0; step < steps; step++) {
                seeds(device, batch, 3).places();
            }
            assertThat(device.hostReads()).isEqualTo(before);
        }
    }
}
