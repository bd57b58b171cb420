package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code device: opencl} in the distribution: the quickstart's network with all values on the device. Where there
 * is no OpenCL the trainings are skipped with the reason that {@code csc info} gives.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenClIT {

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

    private DeviceTrainings devices;

    @BeforeAll
    void askForDevices() throws Exception {
        devices = new DeviceTrainings(folder);
    }

    @Test
    void infoListsTheDevicesOrSaysWhatIsMissing() {
        String own = ownInfo();
        assertThat(own).containsAnyOf("used unless 'name' or 'card'", "no OpenCL");
    }

    @Test
    void aCardIsWantedAndThereIsNone() throws Exception {
        requireDevice();
        String gpu = devices.info().substring(devices.info().indexOf("  gpu (plugin"));
        Assumptions.assumeTrue(gpu.contains("not used: no graphics card"), "there is a card");
        String said = new DistributionProcess(folder)
                .fails(60, 2, "run", pipeline("card", "gpu").toString());
        assertThat(said).contains("stage 'train' cannot have its device", "OCL_ICD_VENDORS");
        assertThat(folder.resolve("runs/card")).doesNotExist();
    }

    @Test
    void whatWasWrittenBeforeIsRefusedWithWhatToWriteNow() throws Exception {
        DistributionProcess csc = new DistributionProcess(folder);
        assertThat(csc.fails(
                        60,
                        2,
                        "validate",
                        pipeline("old-keys", "{ type: opencl, offload: always }")
                                .toString()))
                .contains("the key 'offload' is no longer here", "type: aparapi, offload: ...");
        assertThat(csc.fails(
                        60,
                        2,
                        "validate",
                        pipeline("old-name", "opencl-resident").toString()))
                .contains("the tensor engine 'opencl-resident' has another name now", "write device: opencl");
    }

    @Test
    void theCommandLineChoosesADeviceForEveryStage() throws Exception {
        requireDevice();
        Path file = pipeline("chosen", "cpu");
        devices.csc("run", "--device", "opencl:0", "--set", "train.iterations=1", file.toString());
        String kept = Files.readString(devices.stage("chosen").resolve("stage.yaml"));
        assertThat(kept).contains("type: opencl", "card: 0", "compute: fp32");
        assertThat(Files.readString(devices.stage("chosen").resolve("environment.json")))
                .containsPattern("OpenCL, .*MiB, compute: fp32");
    }

    private static Path pipeline(String name, String device) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), PIPELINE.formatted(name, ITERATIONS, 1, device));
    }

    @Test
    void learnsWhatTheProcessorLearnsAndTheSameBitsTwice() throws Exception {
        requireDevice();
        train("on-cpu", ITERATIONS, 1, "cpu");
        train("once", ITERATIONS, 1, "opencl");
        train("twice", ITERATIONS, 1, "opencl");
        List<Double> expected = devices.losses("on-cpu");
        List<Double> found = devices.losses("once");
        DeviceTrainings.assertSameLosses(found, expected, ITERATIONS);
        assertThat(devices.losses("twice")).isEqualTo(found);
        assertThat(weights("twice")).isEqualTo(weights("once"));
    }

    @Test
    void nothingButTheFiguresOfTheLogComesToTheHostInAStep() throws Exception {
        requireDevice();
        Matcher few = counted(train("few", ITERATIONS, 2, "opencl"));
        Matcher many = counted(train("many", 2 * ITERATIONS, 2, "opencl"));
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

    private String ownInfo() {
        return devices.info().substring(devices.info().indexOf("  opencl (plugin"));
    }

    private void requireDevice() {
        String own = ownInfo();
        if (!own.contains("used unless 'name' or 'card'")) {
            Assumptions.abort(own.lines().limit(2).reduce("", (a, b) -> a + b.strip() + " "));
        }
    }

    private String train(String name, int iterations, int logEvery, String device) throws Exception {
        return devices.train(name, PIPELINE.formatted(name, iterations, logEvery, device));
    }

    private byte[] weights(String name) throws IOException {
        return Files.readAllBytes(devices.stage(name).resolve("checkpoints/last.safetensors"));
    }
}
