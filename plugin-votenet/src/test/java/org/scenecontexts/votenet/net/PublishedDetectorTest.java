package org.scenecontexts.votenet.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.pointnet2.kernel.CpuNeighbourKernels;
import org.scenecontexts.pointnet2.kernel.CpuPointKernels;
import org.scenecontexts.pointnet2.net.Output;
import org.scenecontexts.pointnet2.net.PointNet2Config;
import org.scenecontexts.pointnet2.net.PointNet2Factory;
import org.scenecontexts.testing.TestFiles;
import org.scenecontexts.votenet.TestContext;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadReader;
import org.scenecontexts.votenet.proposal.PublishedSizes;

/** The whole detector on PointNet++ against the published implementation, with its weights. */
class PublishedDetectorTest {

    private static final double LIMIT = 1e-4;
    private static final String FILE = "votenet_pointnet2.pth";
    private static final int CLASSES = 18;
    private static final int PROPOSALS = 64;
    private static final TensorEngine ENGINE =
            new CpuEngine(2, List.of(new CpuPointKernels(), new CpuNeighbourKernels()));
    private static final BoxCoding CODING = new BoxCoding(1, PublishedSizes.SCANNET.sizes());

    private final Backbone backbone = backbone();
    private final DetectionNet net = net();

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static Backbone backbone() {
        PointNet2Config config = new PointNet2Config(
                4000,
                true,
                List.of(2048, 1024, 512, 256),
                List.of(0.2, 0.4, 0.8, 1.2),
                List.of(64, 32, 16, 16),
                List.of(1.0),
                1,
                32,
                Output.SEEDS,
                true,
                0.1);
        Backbone backbone = new PointNet2Factory().create(config, new TestContext(ENGINE, 1, 256, SceneClasses.none()));
        RecordedDetector.load(FILE, backbone.module(), name -> "backbone_net." + name);
        return backbone;
    }

    private static DetectionNet net() {
        HeadReader reader = new HeadReader(CODING, CLASSES);
        DetectionNet net = new DetectionNet(
                ENGINE,
                new Random(1),
                new DetectionNet.Sizes(256, 256, reader.width(), 1, PROPOSALS, 0.3, 16, Centres.VOTES, false));
        RecordedDetector.load(FILE, net, name -> name);
        return net;
    }

    @Test
    void givesThePublishedProposalsInUse() {
        try (var scope = ENGINE.noGrad()) {
            assertThat(scope).isNotNull();
            compare("eval", false);
        }
    }

    @Test
    void givesThePublishedProposalsInTraining() {
        compare("train", true);
    }

    /**
     * The test loss is a thousandth of the squares of votes, objectness, centres, residuals of sizes and classes. Single
     * precision decides some maxima and ReLUs the other way, each of which moves a norm: the published program itself is up to
     * 1.1e-2 off its own double precision on the backbone alone, and so may both sides be here.
     */
    @Test
    void givesThePublishedGradientNorms() {
        backbone.module().training(true);
        net.training(true);
        try (Npz golden = Npz.open(TestFiles.golden("votenet_pointnet2.npz"))) {
            DetectionNet.Output output = net.apply(backbone.seeds(batch(golden.get("point_clouds")), 1024));
            Tensor weighted = output.head().multiply(counted(output.head()));
            Tensor centres = output.head().columns(2, 3).add(output.places());
            Tensor loss = squares(output.votes()).add(squares(centres)).add(squares(weighted));
            assertThat((double) loss.item())
                    .isCloseTo(golden.get("train/loss").scalar(), withinPercentage(100 * LIMIT));
            loss.backward();

            String[] names = golden.get("param_names").strings();
            double[] norms = golden.get("train/grad_norms").doubles();
            Map<String, Parameter> parameters = new HashMap<>(net.namedParameters());
            backbone.module().namedParameters().forEach((name, own) -> parameters.put("backbone_net." + name, own));
            assertThat(parameters).hasSize(names.length);
            double largest = Arrays.stream(norms).max().orElseThrow();
            for (int i = 0; i < names.length; i++) {
                float[] gradient = parameters.get(names[i]).grad().orElseThrow().toArray();
                double sum = 0;
                for (float g : gradient) {
                    sum += (double) g * g;
                }
                // Biases before a batch norm have no gradient but what rounding leaves.
                assertThat(Math.sqrt(sum)).as(names[i]).isCloseTo(norms[i], within(2.2e-2 * norms[i] + 1e-6 * largest));
            }
        }
    }

    private static Tensor squares(Tensor x) {
        return x.multiply(x).sum().scale(1e-3);
    }

    /** One for objectness and classes, the typical size for what is left of a size, zero for the rest. */
    private static Tensor counted(Tensor head) {
        int width = head.columns();
        float[] weights = new float[head.size()];
        for (int i = 0; i < weights.length; i++) {
            int column = i % width;
            int size = column - 5 - 2 - CLASSES;
            if (column < 2 || column >= width - CLASSES) {
                weights[i] = 1;
            } else if (size >= 0) {
                weights[i] = (float) CODING.meanSizes()[size / 3][size % 3];
            }
        }
        return ENGINE.wrap(weights, head.rows(), width);
    }

    private void compare(String mode, boolean training) {
        backbone.module().training(training);
        net.training(training);
        try (Npz golden = Npz.open(TestFiles.golden("votenet_pointnet2.npz"))) {
            DetectionNet.Output output = net.apply(backbone.seeds(batch(golden.get("point_clouds")), 1024));
            new RecordedDetector(golden, CODING).compare(mode, output);
        }
    }

    /** Positions in the first three columns, the height in the fourth. */
    private static PointBatch batch(NpArray clouds) {
        int n = clouds.dim(1);
        float[] values = clouds.floats();
        List<SampledPoints> items = new ArrayList<>();
        for (int b = 0; b < clouds.dim(0); b++) {
            float[] xyz = new float[3 * n];
            for (int i = 0; i < n; i++) {
                System.arraycopy(values, (b * n + i) * 4, xyz, 3 * i, 3);
            }
            int[] identity = IntStream.range(0, n).toArray();
            items.add(new SampledPoints(Scene.ofPositions("golden" + b, xyz), new int[0], 0, identity, identity));
        }
        PointBatch batch = PointBatch.of(items, List.of(InputFeature.HEIGHT));
        for (int i = 0; i < batch.rows(); i++) {
            batch.inputs()[i] = values[4 * i + 3];
        }
        return batch;
    }
}
