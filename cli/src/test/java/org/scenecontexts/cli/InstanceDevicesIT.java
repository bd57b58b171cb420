package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every device trains instance segmentation to the losses of the processor, on both backbones. Devices that are not there are
 * skipped with the reason of {@code csc info}.
 *
 * <p>The limit is that of the other tests of devices, a thousandth. A step carries a difference on, so that rates decide how many
 * iterations stay within it, and they were chosen for 20: the angle of an offset near 0, as all are at first, turns with every
 * rounding, and norms over the few coarsest points of PointNet++ multiply it. There, with steps of 0.001, a difference of 2e-7
 * in the first iteration grew fivefold in each and left the limit after six, while the gradients of the first agreed to 6e-6;
 * with the 0.0001 used here it grew to 1.3e-4 at most (measured with PoCL). The U-Net keeps 0.001: 7e-5 at most. Offloaded, the
 * U-Net stays within 2e-7, and PointNet++ has the same bits, for only its searches are done by the device.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstanceDevicesIT {

    private static final int ITERATIONS = 20;

    private static final String PIPELINE = """
            name: %s
            seed: 1
            stages:
              - id: train
                train:
                  data: { type: synthetic-rooms, split: train, scenes: 2, rooms: [office] }
                  inputs: [colour, height]
                  backbone: %s
                  task: instance-segmentation
                  optimizer: { type: sgd, lr: %s }
                  iterations: %d
                  batch: 2
                  log-every: 1
                  device: %s
            """;

    private static final String UNET = "{ type: res16unet14a, width: 0.125, voxel-size: 0.1, bn-momentum: 0.1 }";
    private static final String POINTNET =
            "{ type: pointnet2, points: 1024, width: 0.25, centres: [128, 64, 32, 16], samples: [16, 8, 8, 8] }";

    @TempDir
    private static Path folder;

    private DeviceTrainings devices;

    @BeforeAll
    void askForDevices() throws Exception {
        devices = new DeviceTrainings(folder);
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "res16unet14a, opencl",
        "res16unet14a, '{ type: aparapi, offload: always }'",
        "pointnet2, opencl",
        "pointnet2, '{ type: aparapi, offload: always }'"
    })
    void trainsToTheSameLosses(String backbone, String device) throws Exception {
        devices.requireOpenCl();
        String network = backbone.startsWith("res") ? UNET : POINTNET;
        String rate = backbone.startsWith("res") ? "0.001" : "0.0001";
        List<Double> expected = losses(backbone + "-cpu", network, rate, "cpu");
        String name = backbone + (device.contains("offload") ? "-offload" : "-resident");
        List<Double> found = losses(name, network, rate, device);

        assertThat(expected.getLast()).as("what is learnt").isLessThan(expected.getFirst());
        DeviceTrainings.assertSameLosses(found, expected, ITERATIONS);
        if (device.equals("opencl")) {
            for (String figure : List.of("host_reads", "borrowed_calls")) {
                assertThat(DeviceTrainings.figures(devices.stage(name), figure))
                        .as("%s of the steps before there are proposals", figure)
                        .hasSize(ITERATIONS)
                        .containsOnly(0.0);
            }
        }
    }

    /** What was trained before is not trained again. */
    private List<Double> losses(String name, String backbone, String rate, String device) throws Exception {
        if (!Files.exists(devices.stage(name).resolve("metrics.jsonl"))) {
            devices.train(name, PIPELINE.formatted(name, backbone, rate, ITERATIONS, device));
        }
        return devices.losses(name);
    }
}
