package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code device: opencl-resident} in the distribution: the quickstart's network with all values on the device. Where there
 * is no OpenCL the trainings are skipped with the reason that {@code csc info} gives.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResidentIT {

    private static final int ITERATIONS = 4;

    /** The loss, the accuracy and the length of the gradients. */
    private static final int FIGURES = 3;

    private static final String PIPELINE = """
            name: %s
            seed: 1
            stages:
              - id: train
                train:
                  data: { type: synthetic-rooms, split: train, scenes: 4, rooms: [office] }
                  inputs: [colour, height]
                  backbone: { type: res16unet14a, width: 0.25, voxel-size: 0.1, bn-momentum: 0.1 }
                  task: semantic-segmentation
                  optimizer: { type: adamw, lr: 0.01 }
                  schedule: one-cycle
                  iterations: %d
                  batch: 2
                  log-every: %d
                  device: %s
            """;

    private static final Pattern COUNTED =
            Pattern.compile("the host has read (\\d+) times .*?; (\\d+) calls of borrowed");

    @TempDir
    private static Path folder;

    private String info;

    @BeforeAll
    void askForDevices() throws Exception {
        info = csc("info");
    }

    @Test
    void infoListsTheDevicesOrSaysWhatIsMissing() {
        String own = info.substring(info.indexOf("opencl-resident"));
        assertThat(own).containsAnyOf("values lie on this one", "no OpenCL");
    }

    @Test
    void learnsWhatTheProcessorLearnsAndTheSameBitsTwice() throws Exception {
        requireDevice();
        train("on-cpu", ITERATIONS, 1, "cpu");
        train("once", ITERATIONS, 1, "opencl-resident");
        train("twice", ITERATIONS, 1, "opencl-resident");
        List<Double> expected = losses("on-cpu");
        List<Double> found = losses("once");
        assertThat(found).hasSize(ITERATIONS).hasSameSizeAs(expected);
        for (int i = 0; i < ITERATIONS; i++) {
            assertThat(Math.abs(found.get(i) - expected.get(i)) / expected.get(i))
                    .as("iteration %d: %s on the device, %s on the processor", i + 1, found.get(i), expected.get(i))
                    .isLessThan(1e-3);
        }
        assertThat(losses("twice")).isEqualTo(found);
        assertThat(weights("twice")).isEqualTo(weights("once"));
    }

    @Test
    void nothingButTheFiguresOfTheLogComesToTheHostInAStep() throws Exception {
        requireDevice();
        Matcher few = counted(train("few", ITERATIONS, 2, "opencl-resident"));
        Matcher many = counted(train("many", 2 * ITERATIONS, 2, "opencl-resident"));
        assertThat(Integer.parseInt(many.group(1)) - Integer.parseInt(few.group(1)))
                .as("reads of %d further steps", ITERATIONS)
                .isEqualTo(ITERATIONS * FIGURES);
        assertThat(many.group(2)).as("calls of borrowed kernels").isEqualTo("0");
    }

    private static Matcher counted(String log) {
        Matcher counted = COUNTED.matcher(log);
        assertThat(counted.find()).as(log).isTrue();
        return counted;
    }

    private void requireDevice() {
        String own = info.substring(info.indexOf("opencl-resident"));
        if (!own.contains("values lie on this one")) {
            Assumptions.abort(own.lines().limit(2).reduce("", (a, b) -> a + b.strip() + " "));
        }
    }

    private static String train(String name, int iterations, int logEvery, String device) throws Exception {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, PIPELINE.formatted(name, iterations, logEvery, device));
        return csc("run", "--threads", "2", file.toString());
    }

    private static Path stage(String name) {
        return folder.resolve("runs").resolve(name).resolve("train");
    }

    private static byte[] weights(String name) throws IOException {
        return Files.readAllBytes(stage(name).resolve("checkpoints/last.safetensors"));
    }

    private static List<Double> losses(String name) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(stage(name).resolve("metrics.jsonl"))) {
            losses.add(new ObjectMapper().readTree(line).get("loss").asDouble());
        }
        return losses;
    }

    private static String csc(String... arguments) throws Exception {
        return new DistributionProcess(folder).csc(600, arguments).all();
    }
}
