package org.scenecontexts.benchmarks.peer;

import java.util.Random;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.WorkloadContext;
import org.scenecontexts.sparseconv.conv.VoxelHierarchy;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.api.data.VoxelSampler;

/** A 3x3x3 convolution and its gradients in libtorch, without its autograd, whose tape would only add to the time. */
final class TorchConvolution {

    /** Which of the three computations of a convolution. */
    enum Pass {
        FORWARD,
        INPUT_GRADIENT,
        WEIGHT_GRADIENT;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private TorchConvolution() {}

    static PreparedWorkload prepare(WorkloadContext context, RoomSize room, int channels, Pass pass) {
        KernelMap map = VoxelHierarchy.of(batch(context, room)).cube(0, 3, KernelLayout.MINKOWSKI_04_HYBRID);
        TorchMap torchMap = new TorchMap(map);
        Tensor rows = random(map.inRows(), channels);
        Tensor[] weights = new Tensor[map.lists()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = random(channels, channels);
        }
        Supplier<Tensor> body =
                switch (pass) {
                    case FORWARD -> () -> forward(torchMap, rows, weights);
                    case INPUT_GRADIENT -> () -> inputGradient(torchMap, rows, weights, map.inRows());
                    case WEIGHT_GRADIENT -> () -> weightGradients(torchMap, rows, rows);
                };
        Work work = new Work(SparseConvKernels.flops(map, channels, channels), 0, map.inRows());
        return PreparedWorkload.of(work, () -> run(context, body));
    }

    static PreparedWorkload product(WorkloadContext context, int size) {
        Tensor a = random(size, size);
        Tensor b = random(size, size);
        long n = size;
        return PreparedWorkload.of(new Work(2 * n * n * n, 3 * n * n * Float.BYTES, 0), () -> run(context, () -> a.mm(b)));
    }

    /** Runs on as many threads as the engine has; everything that was made is freed at once. */
    static void run(WorkloadContext context, Supplier<Tensor> body) {
        int threads = context.engine().parallel().threads();
        torch.set_num_threads(threads);
        // libtorch's products run on OpenBLAS, which counts its threads itself; both of its builds may be loaded.
        openblas.blas_set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(threads);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            body.get();
        }
    }

    static Tensor forward(TorchMap map, Tensor in, Tensor[] weights) {
        Tensor out = torch.zeros(map.outRows(), weights[0].size(1));
        for (int k = 0; k < map.slices(); k++) {
            if (!map.empty(k)) {
                out.index_add_(0, map.out(k), in.index_select(0, map.in(k)).mm(weights[k]));
            }
        }
        return out;
    }

    private static Tensor inputGradient(TorchMap map, Tensor gradOut, Tensor[] weights, int inRows) {
        Tensor gradIn = torch.zeros(inRows, weights[0].size(0));
        for (int k = 0; k < map.slices(); k++) {
            if (!map.empty(k)) {
                gradIn.index_add_(0, map.in(k), gradOut.index_select(0, map.out(k)).mm(weights[k].t()));
            }
        }
        return gradIn;
    }

    private static Tensor weightGradients(TorchMap map, Tensor in, Tensor gradOut) {
        Tensor last = gradOut;
        for (int k = 0; k < map.slices(); k++) {
            if (!map.empty(k)) {
                last = in.index_select(0, map.in(k)).t().mm(gradOut.index_select(0, map.out(k)));
            }
        }
        return last;
    }

    static PointBatch batch(WorkloadContext context, RoomSize room) {
        SampledPoints points =
                new VoxelSampler(RoomSize.SPACING, true).sample(context.room(room), new java.util.SplittableRandom(1));
        return PointBatch.of(java.util.List.of(points), java.util.List.of(InputFeature.COLOUR));
    }

    static Tensor random(int rows, int columns) {
        Random random = new Random(rows + columns);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (random.nextFloat() - 0.5f) / (float) Math.sqrt(columns);
        }
        return Tensor.create(values, rows, columns);
    }
}
