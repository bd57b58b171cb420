package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code device: aparapi} in the distribution, where two plugins bundle Aparapi, each its own copy. Where there is no OpenCL
 * the trainings are skipped with the reason that {@code csc info} gives.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AparapiIT {

    private static final int ITERATIONS = 3;

    private static final String PIPELINE = """
            name: %s
            seed: 1
            stages:
              - id: train
                train:
                  data: { type: synthetic-rooms, split: train, scenes: 4, rooms: [office] }
                  inputs: [colour, height]
                  backbone: %s
                  task: semantic-segmentation
                  optimizer: { type: adamw, lr: 0.01 }
                  schedule: one-cycle
                  iterations: %d
                  batch: 2
                  log-every: 1
                  device: %s
            """;

    private static final String UNET = "{ type: res16unet14a, width: 0.25, voxel-size: 0.1, bn-momentum: 0.1 }";
    private static final String POINTNET =
            "{ type: pointnet2, points: 1500, width: 0.25, centres: [256, 128, 64, 32], samples: [16, 16, 8, 8] }";

    @TempDir
    private static Path folder;

    private DeviceTrainings devices;

    @BeforeAll
    void askForDevices() throws Exception {
        devices = new DeviceTrainings(folder);
    }

    @Test
    void infoListsTheDeviceAndWhatEachOperatorRunsOnOrSaysWhyNot() throws Exception {
        String info = devices.info();
        assertThat(info).contains("aparapi (plugin 'engine-cpu')");
        if (!info.contains("not used: no OpenCL")) {
            assertThat(info)
                    .containsOnlyOnce("used unless 'name' says otherwise: ")
                    .contains("compute units", "MiB per buffer")
                    .contains("sparse convolution, weight gradient: ")
                    .contains("farthest point sampling: ");
        }
    }

    @Test
    void sparseUNetTrainsToTheSameLossesOnTheDevice() throws Exception {
        assertSameLosses("unet", UNET, "sparse convolution: device, always");
    }

    @Test
    void pointNetTrainsToTheSameLossesOnTheDevice() throws Exception {
        assertSameLosses("pointnet", POINTNET, "farthest point sampling: device, always");
    }

    @Test
    void deviceThatIsNotThereIsToldOnceAndTheTrainingGoesOn() throws Exception {
        devices.requireOpenCl();
        String log = train("absent", UNET, "{ type: aparapi, name: no-such-device }");

        assertThat(log)
                .containsOnlyOnce("device 'aparapi' is not used for SparseConvKernels, which runs on the CPU: no OpenCL"
                        + " device is named 'no-such-device'");
        assertThat(devices.losses("absent")).hasSize(ITERATIONS);
    }

    private void assertSameLosses(String name, String backbone, String proof) throws Exception {
        devices.requireOpenCl();
        train(name + "-cpu", backbone, "cpu");
        String log = train(name + "-aparapi", backbone, "{ type: aparapi, offload: always }");

        assertThat(log).contains(proof).doesNotContain("is not used for", "no longer used");
        List<Double> expected = devices.losses(name + "-cpu");
        List<Double> found = devices.losses(name + "-aparapi");
        DeviceTrainings.assertSameLosses(found, expected, ITERATIONS);
    }

    private String train(String name, String backbone, String device) throws Exception {
        return devices.train(name, PIPELINE.formatted(name, backbone, ITERATIONS, device));
    }
}
