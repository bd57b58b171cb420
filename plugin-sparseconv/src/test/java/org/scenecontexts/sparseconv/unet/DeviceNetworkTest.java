package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.sparseconv.DeviceEngines;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.kernel.device.HostMaps;

/** A whole network whose values stay on a device; skipped, with the reason, where there is none. */
class DeviceNetworkTest {

    /**
     * What is asked of losses on a device: 1e-3. The largest difference seen, of the gradients on PoCL, was 2e-5:
     * rounding errors of one norm are multiplied by the inverse of a channel's spread in the next, through 30 layers.
     */
    private static final double LIMIT = 1e-3;

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
    void lossGradientsStatisticsAndOutputsAreThoseOfTheProcessor() {
        try (TensorEngine cpu = TestEngines.cpu(2);
                ResidentEngine resident = DeviceEngines.open()) {
            Map<String, float[]> expected = OpaqueNetworkTest.step(cpu, false);
            Map<String, float[]> found = OpaqueNetworkTest.step(resident, false);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach((name, values) -> {
                double difference = difference(found.get(name), values);
                Errors.report(name, difference);
                assertThat(difference).as(name).isLessThan(LIMIT);
            });
            assertThat(resident.crossings().calls())
                    .as("calls of borrowed kernels")
                    .isZero();
        }
    }

    @Test
    void aStepGivesTheSameBitsWhoeverFindsItsMapsAndTheHostReadsNothingForThem() {
        try (ResidentEngine finding = DeviceEngines.open();
                ResidentEngine told = DeviceEngines.open(new HostMaps())) {
            Map<String, float[]> expected = OpaqueNetworkTest.step(told, false);
            Map<String, float[]> found = OpaqueNetworkTest.step(finding, false);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach(
                    (name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
            assertThat(finding.hostReads()).isEqualTo(told.hostReads());
        }
    }

    @Test
    void aStepGivesTheSameBitsTwiceRecomputedOrNot() {
        try (ResidentEngine resident = DeviceEngines.open();
                ResidentEngine another = DeviceEngines.open()) {
            Map<String, float[]> once = OpaqueNetworkTest.step(resident, false);
            Map<String, float[]> twice = OpaqueNetworkTest.step(another, false);
            Map<String, float[]> recomputed = OpaqueNetworkTest.step(another, true);
            once.forEach((name, values) -> {
                assertThat(twice.get(name)).as(name).isEqualTo(values);
                assertThat(recomputed.get(name)).as(name + ", recomputed").isEqualTo(values);
            });
        }
    }
}
