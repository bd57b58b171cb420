package org.scenecontexts.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.WorkloadContext;
import org.scenecontexts.sparseconv.conv.VoxelHierarchy;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.unet.Variant;

/**
 * Res16UNet34C in evaluation with libtorch's operators and random weights. Its maps are ready before the clock starts,
 * which favours it: ours are built in every run.
 */
final class TorchNetwork implements PreparedWorkload {

    private static final int STEM = 32;
    private static final int DEPTH = 4;
    private static final int CLASSES = 20;

    private final WorkloadContext context;
    private final Tensor inputs;
    private final TorchMap stemMap;
    private final List<TorchMap> cubes = new ArrayList<>();
    private final List<TorchMap> downs = new ArrayList<>();
    private final List<TorchMap> ups = new ArrayList<>();
    private final List<KernelMap> cubeMaps = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Tensor head;
    private long flops;
    private final int rows;

    /** What happens to the features, in order. */
    private interface Step {
        Tensor apply(Tensor x, List<Tensor> skips);
    }

    TorchNetwork(WorkloadContext context, RoomSize room) {
        this.context = context;
        PointBatch batch = TorchConvolution.batch(context, room);
        VoxelHierarchy voxels = VoxelHierarchy.of(batch);
        rows = batch.rows();
        inputs = Tensor.create(batch.inputs(), rows, batch.inputChannels());
        KernelMap stem = voxels.cube(0, 3, KernelLayout.HYPERCUBE);
        stemMap = new TorchMap(stem);
        for (int level = 0; level <= DEPTH; level++) {
            cubeMaps.add(voxels.cube(level, 3, KernelLayout.MINKOWSKI_04_HYBRID));
            cubes.add(new TorchMap(cubeMaps.get(level)));
            if (level < DEPTH) {
                downs.add(new TorchMap(voxels.down(level)));
                ups.add(new TorchMap(voxels.up(level)));
            }
        }
        build(voxels, stem);
        head = TorchConvolution.random(width(), CLASSES);
        flops += 2L * rows * width() * CLASSES;
    }

    private static int width() {
        return Variant.RES16UNET34C.planes()[2 * DEPTH - 1];
    }

    private void build(VoxelHierarchy voxels, KernelMap stem) {
        int[] planes = Variant.RES16UNET34C.planes();
        int[] blocks = Variant.RES16UNET34C.blocks();
        int[] skips = new int[DEPTH];
        steps.add(convolution(stemMap, stem, 3, STEM));
        int width = STEM;
        for (int s = 0; s < DEPTH; s++) {
            skips[s] = width;
            steps.add((x, kept) -> {
                kept.add(x);
                return x;
            });
            steps.add(convolution(downs.get(s), voxels.down(s), width, width));
            width = blocks(s + 1, blocks[s], width, planes[s]);
        }
        for (int s = 0; s < DEPTH; s++) {
            int level = DEPTH - 1 - s;
            int up = planes[DEPTH + s];
            steps.add(convolution(ups.get(level), voxels.up(level), width, up));
            steps.add((x, kept) -> torch.cat(new TensorVector(x, kept.removeLast()), 1));
            width = blocks(level, blocks[DEPTH + s], up + skips[level], up);
        }
    }

    private int blocks(int level, int count, int in, int planes) {
        for (int b = 0; b < count; b++) {
            int from = b == 0 ? in : planes;
            Step first = convolution(cubes.get(level), cubeMaps.get(level), from, planes);
            Tensor[] second = weights(cubes.get(level).slices(), planes, planes);
            flops += SparseConvKernels.flops(cubeMaps.get(level), planes, planes);
            Norm norm = new Norm(planes);
            Step around = from == planes ? (x, kept) -> x : projection(cubes.get(level).outRows(), from, planes);
            steps.add((x, kept) -> {
                Tensor y = norm.apply(TorchConvolution.forward(cubes.get(level), first.apply(x, kept), second));
                return y.add_(around.apply(x, kept)).relu_();
            });
        }
        return planes;
    }

    private Step convolution(TorchMap map, KernelMap counted, int in, int out) {
        Tensor[] weights = weights(map.slices(), in, out);
        Norm norm = new Norm(out);
        flops += SparseConvKernels.flops(counted, in, out);
        return (x, kept) -> norm.apply(TorchConvolution.forward(map, x, weights)).relu_();
    }

    private Step projection(int count, int in, int out) {
        Tensor weight = TorchConvolution.random(in, out);
        Norm norm = new Norm(out);
        flops += 2L * count * in * out;
        return (x, kept) -> norm.apply(x.mm(weight));
    }

    private static Tensor[] weights(int slices, int in, int out) {
        Tensor[] weights = new Tensor[slices];
        for (int k = 0; k < slices; k++) {
            weights[k] = TorchConvolution.random(in, out);
        }
        return weights;
    }

    /** A batch norm on running statistics. */
    private static final class Norm {
        private final Tensor ones;
        private final Tensor zeros;

        Norm(int channels) {
            ones = torch.ones(channels);
            zeros = torch.zeros(channels);
        }

        Tensor apply(Tensor x) {
            return torch.batch_norm(
                    x,
                    new TensorOptional(ones),
                    new TensorOptional(zeros),
                    new TensorOptional(zeros),
                    new TensorOptional(ones),
                    false,
                    0.1,
                    1e-5,
                    false);
        }
    }

    @Override
    public void run() {
        TorchConvolution.run(context, () -> {
            List<Tensor> kept = new ArrayList<>();
            Tensor x = inputs;
            for (Step step : steps) {
                x = step.apply(x, kept);
            }
            return x.mm(head);
        });
    }

    @Override
    public Work work() {
        return new Work(flops, 0, rows);
    }
}
