package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.testing.CudaStandIn;
import org.scenecontexts.testing.ExampleBeginnings;

/**
 * {@code device: cuda} trains the quickstart's network through the whole of {@code csc} as the processor does, where {@link CudaStandIn}
 * stands in for NVIDIA's driver and compiler: found as they would be, in a process that knows nothing of tests.
 */
class CudaLossesIT {

    private static final int ITERATIONS = 20;

    /** A quarter of the quickstart's voxels: the stand-in computes one number after another. */
    private static final String COARSER =
            "{ backbone: { type: res16unet14a, width: 0.25, voxel-size: 0.1, bn-momentum: 0.1 } }";

    @TempDir
    private static Path folder;

    @Test
    void beginsAsTheProcessorDoesAndWithGraphsToTheSameBits() throws Exception {
        DeviceTrainings devices = new DeviceTrainings(folder, CudaStandIn.make().environment());
        assertThat(devices.info()).contains("card 0, Stand-in 0");
        ExampleBeginnings examples =
                new ExampleBeginnings(Path.of("..", "examples"), "cuda", "{ type: cuda, graphs: true }");
        String said = devices.train("cuda", examples.pipeline("cuda", "quickstart", "train", ITERATIONS, COARSER));
        assertThat(said).containsPattern("[1-9][0-9]+ kernels ran in [1-9][0-9]* graphs");
        DeviceTrainings.assertBeginsAsTheProcessorDoes(
                folder.resolve("runs").resolve("cuda"), ITERATIONS, ITERATIONS, 0);
    }
}
