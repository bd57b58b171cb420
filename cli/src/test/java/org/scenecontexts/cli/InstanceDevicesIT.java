package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every device trains instance segmentation to the losses of the processor, on both backbones. Devices that are not there are
 * skipped with the reason of {@code csc info}.
 *
 * <p>Steps are small: the angle of an offset near 0, as all are at first, turns with every rounding, and norms over the few
 * coarsest points of PointNet++ multiply it. With steps of 0.001 a difference of 2e-7 in the first iteration grew fivefold in
 * each, while the gradients of the first agreed to 6e-6.
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

    private String info;

    @BeforeAll
    void askForDevices() throws Exception {
        info = csc("info");
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "res16unet14a, opencl-resident",
        "res16unet14a, '{ type: opencl, offload: always }'",
        "pointnet2, opencl-resident",
        "pointnet2, '{ type: opencl, offload: always }'"
    })
    void trainsToTheSameLosses(String backbone, String device) throws Exception {
        requireOpenCl();
        String network = backbone.startsWith("res") ? UNET : POINTNET;
        String rate = backbone.startsWith("res") ? "0.001" : "0.0001";
        List<Double> expected = losses(backbone + "-cpu", network, rate, "cpu");
        String name = backbone + (device.contains("resident") ? "-resident" : "-offload");
        List<Double> found = losses(name, network, rate, device);

        assertThat(expected.getLast()).as("what is learnt").isLessThan(expected.getFirst());
        assertThat(found).hasSize(ITERATIONS).hasSameSizeAs(expected);
        for (int i = 0; i < ITERATIONS; i++) {
            assertThat(Math.abs(found.get(i) - expected.get(i)) / Math.abs(expected.get(i)))
                    .as("iteration %d: %s on the device, %s on the processor", i + 1, found.get(i), expected.get(i))
                    .isLessThan(1e-3);
        }
    }

    private void requireOpenCl() {
        info.lines()
                .filter(line -> line.contains("not used: no OpenCL"))
                .findFirst()
                .ifPresent(reason -> Assumptions.abort(reason.strip()));
    }

    /** What was trained before is not trained again. */
    private static List<Double> losses(String name, String backbone, String rate, String device) throws Exception {
        Path file = folder.resolve(name + ".yaml");
        Path metrics = folder.resolve("runs").resolve(name).resolve("train/metrics.jsonl");
        if (!Files.exists(metrics)) {
            Files.writeString(file, PIPELINE.formatted(name, backbone, rate, ITERATIONS, device));
            csc("run", "--threads", "2", file.toString());
        }
        return read(metrics);
    }

    private static List<Double> read(Path metrics) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(metrics)) {
            losses.add(new ObjectMapper().readTree(line).get("loss").asDouble());
        }
        return losses;
    }

    private static String csc(String... arguments) throws Exception {
        return new DistributionProcess(folder).csc(600, arguments).all();
    }
}
