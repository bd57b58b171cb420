package org.scenecontexts.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.testing.ExampleBeginnings;

/**
 * {@code device: opencl} begins the trainings of the examples as the processor does, to the same bits each time, without a kernel of
 * the processor, and none of its steps waits for the host: the examples' own data, rates and
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
                "detection-res16unet14a | detection | train | " + FEWER_BOXES + " | 1 | 0"
            })
    void beginsAsTheProcessorDoesAndWaitsForTheHostNoMoreThanItMust(
            String name, String example, String stage, String changes, int steps, double reads) throws Exception {
        devices.requireOpenCl();
        devices.train(name, EXAMPLES.pipeline(name, example, stage, ITERATIONS, changes));
        DeviceTrainings.assertBeginsAsTheProcessorDoes(folder.resolve("runs").resolve(name), ITERATIONS, steps, reads);
    }
}
