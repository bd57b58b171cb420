package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.testing.ExampleBeginnings;

/**
 * {@code device: opencl} begins the trainings of the examples as the processor does, to the same bits each time, without a kernel of
 * the processor, and its steps wait for the host only where a loss cannot be computed otherwise: the examples' own data, rates and
 * schedules. Skipped, with the reason that {@code csc
 * info} gives, where there is no OpenCL.
 *
 * <p>PointNet++, pre-training and detection are held to their first step, where weights are equal. Then Adam makes steps of one size out of
 * gradients of every size, so that roundings decide where weights go, and maxima over neighbours, or which box is the nearest,
 * carry it on: noise of 1e-7 in the colours changes the processor's own losses as much. docs/opencl.md has the figures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceLossesIT {

    private static final int ITERATIONS = 20;

    private static final ExampleBeginnings EXAMPLES = new ExampleBeginnings(Path.of("..", "examples"), "opencl");

    private static final String FEWER_POINTS =
            "{ backbone: { type: pointnet2, points: 4096, width: 0.5, samples: [32, 16, 16, 16] } }";

    private static final String FEWER_BOXES = "{ task: { type: detection, seeds: 128, proposals: 32 },"
            + " backbone: { type: res16unet14a, width: 0.125, voxel-size: 0.1, bn-momentum: 0.1 } }";

    @TempDir
    private static Path folder;

    private DeviceTrainings devices;

    @BeforeAll
    void askForDevices() throws Exception {
        devices = new DeviceTrainings(folder);
    }

    /**
     * One example.
     *
     * @param steps that are compared with the processor's
     * @param reads most of a step; each waits for all that was computed before
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "semantic-res16unet14a | quickstart | train | {} | 20 | 0",
                "semantic-pointnet2 | quickstart | train | " + FEWER_POINTS + " | 1 | 0",
                "pretraining-res16unet14a | data-efficient | pretrain-scene-contexts | {} | 1 | 0",
                "detection-res16unet14a | detection | train | " + FEWER_BOXES + " | 1 | 2"
            })
    void beginsAsTheProcessorDoesAndWaitsForTheHostNoMoreThanItMust(
            String name, String example, String stage, String changes, int steps, double reads) throws Exception {
        devices.requireOpenCl();
        devices.train(name, EXAMPLES.pipeline(name, example, stage, ITERATIONS, changes));
        Path run = folder.resolve("runs").resolve(name);
        Path processor = ExampleBeginnings.cell(run, ExampleBeginnings.PROCESSOR);
        Path device = ExampleBeginnings.cell(run, ExampleBeginnings.DEVICE);
        Path again = ExampleBeginnings.cell(run, ExampleBeginnings.AGAIN);

        List<Double> expected = DeviceTrainings.losses(processor);
        List<Double> found = DeviceTrainings.losses(device);
        assertThat(found).hasSize(ITERATIONS).hasSameSizeAs(expected);
        DeviceTrainings.assertSameLosses(found.subList(0, steps), expected.subList(0, steps), steps);
        DeviceTrainings.assertSameButForTheOrderOfSums(found, expected, Math.min(steps, DeviceTrainings.FIRST_STEPS));
        assertThat(DeviceTrainings.losses(again)).isEqualTo(found);
        assertThat(Arrays.equals(numbers(again), numbers(device)))
                .as("the same bits after %d steps, twice on the device", ITERATIONS)
                .isTrue();
        assertThat(DeviceTrainings.figures(device, "host_reads"))
                .as("how often each step waits for the host")
                .hasSize(ITERATIONS)
                .allMatch(each -> each <= reads);
        assertThat(DeviceTrainings.figures(device, "borrowed_calls"))
                .as("calls of the processor's kernels in each step")
                .hasSize(ITERATIONS)
                .containsOnly(0.0);
    }

    /** The tensors of the last checkpoint as they lie in the file: behind the header, which names the stage, and its length. */
    private static byte[] numbers(Path stage) throws IOException {
        byte[] file = Files.readAllBytes(stage.resolve("checkpoints/last.safetensors"));
        long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return Arrays.copyOfRange(file, Math.toIntExact(Long.BYTES + header), file.length);
    }
}
