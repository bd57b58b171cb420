package org.scenecontexts.sparseconv.kernel;

import static org.scenecontexts.api.engine.HeapBuffer.of;

import java.util.function.Function;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.sparseconv.map.KernelMap;

/** The kernels on arrays, with the threads of each call. */
record HostConv(Function<Parallel, SparseConvKernels> kernels) {

    void forward(KernelMap map, float[] in, int cin, float[] weights, int cout, float[] out, Parallel parallel) {
        kernels.apply(parallel).forward(map, of(in), cin, of(weights), cout, of(out));
    }

    void inputGradient(
            KernelMap map, float[] gradOut, int cout, float[] weights, int cin, float[] gradIn, Parallel parallel) {
        kernels.apply(parallel).inputGradient(map, of(gradOut), cout, of(weights), cin, of(gradIn));
    }

    void weightGradient(
            KernelMap map, float[] in, int cin, float[] gradOut, int cout, float[] gradWeights, Parallel parallel) {
        kernels.apply(parallel).weightGradient(map, of(in), cin, of(gradOut), cout, of(gradWeights));
    }
}
