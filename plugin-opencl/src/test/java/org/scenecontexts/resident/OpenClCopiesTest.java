package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;

/**
 * Copies by OpenCL let the host go on, the first ones included, for which memory of the host is taken; {@code CudaSessionTest} says
 * the same of CUDA. Skipped, with the reason, where there is no device.
 */
class OpenClCopiesTest {

    @Test
    void whatIsBroughtOverDoesNotWaitForKernelsThatWereAskedForBefore() {
        try (ResidentEngine engine = Engines.open()) {
            int size = 512;
            Buffer factor = engine.bufferOf(new float[size * size]);
            Buffer product = engine.buffers().take(size * size);
            Buffer small = engine.buffers().take(100);
            multiply(engine, size, factor, product);
            // Programs are compiled now.
            product.get(0);
            for (int i = 0; i < 20; i++) {
                multiply(engine, size, factor, product);
            }
            long asked = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                small.copyIn(0, new float[100], 0, 100);
            }
            long brought = System.nanoTime();
            product.get(0);
            assertThat(brought - asked)
                    .as("nanoseconds for 50 copies, against half of those for them and all that was asked for before")
                    .isLessThan((System.nanoTime() - asked) / 2);
        }
    }

    private static void multiply(ResidentEngine engine, int size, Buffer factor, Buffer product) {
        engine.dense().gemm(false, false, size, size, size, factor, factor, product, false);
    }
}
