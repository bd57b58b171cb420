package org.scenecontexts.sparseconv.kernel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.sparseconv.DeviceEngines;
import org.scenecontexts.sparseconv.map.KernelMap;

/** Every call where values stay on a device; skipped, with the reason, where there is none. */
class DeviceSparseConvKernelsTest extends SparseConvKernelsTest {

    private static ResidentEngine engine;

    @BeforeAll
    static void open() {
        engine = DeviceEngines.open();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Override
    protected TensorEngine engine(int threads) {
        return DeviceEngines.open();
    }

    @Override
    SparseConvKernels kernels(Parallel parallel) {
        return new Brought(engine.kernel(SparseConvKernels.class));
    }

    /** Brings arrays over and what was written back; what is written begins as not-a-number and as a slice. */
    private record Brought(SparseConvKernels there) implements SparseConvKernels {

        private static Buffer over(Buffer host) {
            return engine.bufferOf(host.toArray(host.capacity()));
        }

        private static Buffer room(Buffer host) {
            float[] nan = new float[host.capacity() + 5];
            java.util.Arrays.fill(nan, Float.NaN);
            Buffer room = engine.bufferOf(nan);
            Buffer slice = room.slice(5, host.capacity());
            slice.copyIn(0, host.toArray(host.capacity()), 0, host.capacity());
            return slice;
        }

        private static void back(Buffer slice, Buffer host) {
            host.copyIn(0, slice.toArray(host.capacity()), 0, host.capacity());
        }

        @Override
        public String name() {
            return there.name();
        }

        @Override
        public void forward(KernelMap map, Buffer in, int cin, Buffer weights, int cout, Buffer out) {
            Buffer written = room(out);
            there.forward(map, over(in), cin, over(weights), cout, written);
            back(written, out);
        }

        @Override
        public void inputGradient(KernelMap map, Buffer gradOut, int cout, Buffer weights, int cin, Buffer gradIn) {
            Buffer written = room(gradIn);
            there.inputGradient(map, over(gradOut), cout, over(weights), cin, written);
            back(written, gradIn);
        }

        @Override
        public void weightGradient(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
            Buffer written = room(gradWeights);
            there.weightGradient(map, over(in), cin, over(gradOut), cout, written);
            back(written, gradWeights);
        }
    }
}
