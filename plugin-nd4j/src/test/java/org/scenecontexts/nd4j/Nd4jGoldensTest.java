package org.scenecontexts.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.nn.RunningStatistics;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.torch.StateDicts;
import org.scenecontexts.io.torch.TorchFile;
import org.scenecontexts.io.torch.TorchTensor;
import org.scenecontexts.pointnet2.net.Output;
import org.scenecontexts.pointnet2.net.PointNet2;
import org.scenecontexts.pointnet2.net.PointNet2Config;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;
import org.scenecontexts.sparseconv.unet.Res16UNet;
import org.scenecontexts.sparseconv.unet.Res16UNetConfig;
import org.scenecontexts.sparseconv.unet.Variant;
import org.scenecontexts.testing.TestFiles;

/** Convolutions and both backbones against what the published programs computed, with the limits of the processor's tests. */
class Nd4jGoldensTest {

    private static final double LIMIT = 1e-4;

    /** That of the processor's test: gradients pass some dozens of norms. */
    private static final double GRADIENT = 1e-3;

    private static Nd4jEngine engine;

    @BeforeAll
    static void open() {
        engine = Nd4jEngines.open(2, Nd4jEngines.plugins());
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** {@code |found - expected| / |expected|}, Euclidean norms. */
    private static void expect(String what, float[] found, double[] expected, double limit) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        assertThat(Math.sqrt(difference / Math.max(norm, 1e-300)))
                .as("relative error of " + what)
                .isLessThan(limit);
    }

    private static void load(Module network, String file) {
        Map<String, TorchTensor> tensors = StateDicts.of(TorchFile.read(TestFiles.golden(file)));
        for (StateEntry entry : network.state()) {
            TorchTensor tensor = tensors.get(entry.name());
            assertThat(tensor).as(entry.name()).isNotNull();
            switch (entry) {
                case StateEntry.Floats floats -> floats.set(tensor.floats());
                case StateEntry.Whole whole -> whole.counter().set(tensor.longs()[0]);
            }
        }
        RunningStatistics.PUBLISHED.begin(network);
    }

    // ---- convolutions -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"k3s1", "k3s1_hybrid", "k3s1_c3", "k2s2", "k2s2_transposed", "k1s1_bias"})
    void publishedConvolutionsAndTheirGradientsAreReproduced(String name) {
        SparseConvKernels kernels = engine.kernel(SparseConvKernels.class);
        try (Npz golden = Npz.open(TestFiles.golden("conv_" + name + "_me043.npz"))) {
            int cin = golden.get("in_feats").dim(1);
            int cout = golden.get("grad_out").dim(1);
            boolean transposed = golden.get("transposed").scalarInt() == 1;
            boolean strided = golden.get("stride").scalarInt() == 2;
            var in = CoordinateSet.sort(golden.get("in_coords").ints(), transposed ? 2 : 1);
            var out = CoordinateSet.sort(golden.get("out_coords").ints(), strided && !transposed ? 2 : 1);
            KernelMap map = map(in.set(), out.set(), golden.get("kernel_size").scalarInt(), name);
            Buffer weights = engine.bufferOf(golden.get("weights").floats());
            Buffer x = engine.bufferOf(in.toSetOrder(golden.get("in_feats").floats(), cin));
            Buffer gradOut =
                    engine.bufferOf(out.toSetOrder(golden.get("grad_out").floats(), cout));
            int rowsIn = in.set().rows();
            int rowsOut = out.set().rows();
            Buffer y = engine.bufferOf(new float[rowsOut * cout]);
            Buffer gradIn = engine.bufferOf(new float[rowsIn * cin]);
            Buffer gradWeights = engine.bufferOf(new float[weights.capacity()]);

            kernels.forward(map, x, cin, weights, cout, y);
            if (golden.has("bias")) {
                engine.dense()
                        .addRow(
                                rowsOut,
                                cout,
                                y,
                                engine.bufferOf(golden.get("bias").floats()),
                                y);
            }
            kernels.inputGradient(map, gradOut, cout, weights, cin, gradIn);
            kernels.weightGradient(map, x, cin, gradOut, cout, gradWeights);

            float[] found = out.toInputOrder(y.toArray(rowsOut * cout), cout);
            expect("output", found, golden.get("out_feats_f64").doubles(), LIMIT);
            float[] foundGradIn = in.toInputOrder(gradIn.toArray(rowsIn * cin), cin);
            expect("input gradient", foundGradIn, golden.get("grad_in_f64").doubles(), LIMIT);
            float[] foundGradWeights = gradWeights.toArray(weights.capacity());
            expect("weight gradient", foundGradWeights, golden.get("grad_w_f64").doubles(), LIMIT);
        }
    }

    private static KernelMap map(CoordinateSet in, CoordinateSet out, int size, String name) {
        if (size == 2) {
            return in.tensorStride() < out.tensorStride()
                    ? KernelMaps.strided(in, out)
                    : KernelMaps.strided(out, in).inverse();
        }
        return KernelMaps.cube(
                in, size, name.endsWith("hybrid") ? KernelLayout.MINKOWSKI_04_HYBRID : KernelLayout.HYPERCUBE);
    }

    // ---- the sparse U-Net -------------------------------------------------------------------------------------

    /** Backbone and published last layer, with the published names. */
    private static final class UNet extends Module {
        private final Res16UNet backbone = child(
                "",
                new Res16UNet(
                        engine,
                        new Random(1),
                        Variant.RES16UNET14,
                        new Res16UNetConfig(0.125, 0.02, 5, KernelLayout.MINKOWSKI_04_HYBRID, 0.02, 0.1, true, false),
                        3));
        private final PointwiseConvolution last =
                child("final", new PointwiseConvolution(engine, new Random(2), backbone.channels(), 20, true));

        Tensor apply(PointBatch batch) {
            return last.apply(backbone.features(batch));
        }
    }

    private static UNet unet() {
        UNet network = new UNet();
        load(network, "net_res16unet14_div8.pth");
        return network;
    }

    /** Scenes lie one after the other. */
    private static PointBatch voxels(Npz golden) {
        int[] coordinates = golden.get("coords").ints();
        float[] features = golden.get("feats").floats();
        int[] labels = golden.get("labels").ints();
        int rows = labels.length;
        List<SampledPoints> items = new ArrayList<>();
        for (int from = 0; from < rows; ) {
            int to = from;
            while (to < rows && coordinates[4 * to] == coordinates[4 * from]) {
                to++;
            }
            int[] grid = new int[3 * (to - from)];
            float[] positions = new float[grid.length];
            for (int i = 0; i < grid.length; i++) {
                grid[i] = coordinates[4 * (from + i / 3) + 1 + i % 3];
                positions[i] = 0.02f * grid[i];
            }
            Scene scene = Scene.ofPositions("golden" + from, positions)
                    .withNormals(Arrays.copyOfRange(features, 3 * from, 3 * to))
                    .withLabels(Arrays.stream(labels, from, to)
                            .map(label -> label == 255 ? Labels.IGNORE : label)
                            .toArray());
            int[] identity = IntStream.range(0, to - from).toArray();
            items.add(new SampledPoints(scene, grid, 0.02, identity, identity));
            from = to;
        }
        return PointBatch.of(items, List.of(InputFeature.NORMAL));
    }

    @Test
    void theUNetGivesThePublishedOutputsInUse() {
        try (Npz golden = Npz.open(TestFiles.golden("net_res16unet14_div8_me043.npz"));
                var scope = engine.noGrad()) {
            assertThat(scope).isNotNull();
            UNet network = unet();
            network.training(false);
            float[] found = network.apply(voxels(golden)).toArray();
            expect("scores", found, golden.get("eval_out_f64").doubles(), LIMIT);
        }
    }

    @Test
    void theUNetGivesThePublishedOutputsLossAndGradientsInTraining() {
        try (Npz golden = Npz.open(TestFiles.golden("net_res16unet14_div8_me043.npz"))) {
            UNet network = unet();
            PointBatch batch = voxels(golden);
            Tensor scores = network.apply(batch);
            expect("scores", scores.toArray(), golden.get("train_out_f64").doubles(), LIMIT);
            Tensor loss = new CrossEntropy(batch.labels(engine, 20), 0, Buffer.NONE).apply(scores);
            expect("loss", loss.toArray(), golden.get("train_loss_f64").doubles(), LIMIT);
            loss.backward();
            network.namedParameters()
                    .forEach((name, parameter) -> expect(
                            "gradient of " + name,
                            parameter.grad().orElseThrow().toArray(),
                            golden.get("grad/" + name).doubles(),
                            GRADIENT));
        }
    }

    // ---- PointNet++ -------------------------------------------------------------------------------------------

    private static PointNet2 pointnet() {
        PointNet2 network = new PointNet2(engine, new Random(1), PointNet2Config.published(Output.POINTS), 0);
        load(network, "more/pretrain_pointnet2.pth");
        return network;
    }

    private static PointBatch clouds(Npz golden) {
        int n = golden.get("point_clouds").dim(1);
        float[] xyz = golden.get("point_clouds").floats();
        int[] identity = IntStream.range(0, n).toArray();
        List<SampledPoints> items = new ArrayList<>();
        for (int b = 0; b < xyz.length / (3 * n); b++) {
            float[] own = Arrays.copyOfRange(xyz, 3 * n * b, 3 * n * (b + 1));
            items.add(new SampledPoints(Scene.ofPositions("golden" + b, own), new int[0], 0, identity, identity));
        }
        return PointBatch.of(items, List.of());
    }

    /** Compares rows with a published {@code [B, C, N]}. */
    private static void expectRows(Npz golden, String name, float[] rows) {
        int channels = golden.get(name).dim(1);
        int n = golden.get(name).dim(2);
        double[] published = golden.get(name).doubles();
        double[] expected = new double[published.length];
        for (int i = 0; i < expected.length; i++) {
            int row = i / channels;
            expected[i] = published[(row / n * channels + i % channels) * n + row % n];
        }
        expect(name, rows, expected, LIMIT);
    }

    @Test
    void pointNetGivesThePublishedFeaturesInUse() {
        try (Npz golden = Npz.open(TestFiles.golden("more/pretrain_pointnet2.npz"));
                var scope = engine.noGrad()) {
            assertThat(scope).isNotNull();
            PointNet2 network = pointnet();
            network.training(false);
            expectRows(golden, "eval/out", network.features(clouds(golden)).toArray());
        }
    }

    @Test
    void pointNetGivesThePublishedFeaturesInTraining() {
        try (Npz golden = Npz.open(TestFiles.golden("more/pretrain_pointnet2.npz"))) {
            expectRows(golden, "train/out", pointnet().features(clouds(golden)).toArray());
        }
    }
}
