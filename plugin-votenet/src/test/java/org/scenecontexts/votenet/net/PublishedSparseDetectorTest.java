package org.scenecontexts.votenet.net;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.pointnet2.kernel.CpuNeighbourKernels;
import org.scenecontexts.sparseconv.conv.CpuKernelProvider;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.unet.Res16UNetConfig;
import org.scenecontexts.sparseconv.unet.Res16UNets;
import org.scenecontexts.testing.TestFiles;
import org.scenecontexts.votenet.TestContext;
import org.scenecontexts.votenet.loss.CpuBoxLossProvider;
import org.scenecontexts.votenet.loss.DetectionLoss;
import org.scenecontexts.votenet.loss.RecordedLoss;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadReader;
import org.scenecontexts.votenet.proposal.PublishedSizes;

/**
 * The whole detector on a narrow sparse U-Net against the published implementation, with its weights: from voxels over the
 * 256 features that vote to proposals. One of its scenes has points near the origin, which the published program leaves
 * out of the seeds, another fewer voxels than seeds.
 */
class PublishedSparseDetectorTest {

    private static final String FILE = "more/votenet_sparse.pth";
    private static final double VOXEL = 0.025;
    private static final int SEEDS = 1024;
    private static final int CLASSES = 18;
    private static final TensorEngine ENGINE =
            new CpuEngine(2, List.of(new CpuKernelProvider(), new CpuNeighbourKernels(), new CpuBoxLossProvider()));
    private static final BoxCoding CODING = new BoxCoding(1, PublishedSizes.SCANNET.sizes());

    /** Our names of the parts of the loss, and the published ones. */
    private static final Map<String, String> PARTS = Map.of(
            "vote-loss", "vote_loss",
            "objectness-loss", "objectness_loss",
            "centre-loss", "center_loss",
            "heading-residual-loss", "heading_reg_loss",
            "size-class-loss", "size_cls_loss",
            "size-residual-loss", "size_reg_loss",
            "semantic-loss", "sem_cls_loss");

    private final Backbone backbone = backbone();
    private final DetectionNet net = net();

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static Backbone backbone() {
        Res16UNetConfig config =
                new Res16UNetConfig(0.125, VOXEL, 3, KernelLayout.MINKOWSKI_04_HYBRID, 0.02, 0.1, true, false);
        Backbone backbone =
                new Res16UNets.Res16UNet34C().create(config, new TestContext(ENGINE, 3, 0, SceneClasses.none()));
        RecordedDetector.load(FILE, backbone.module(), name -> "backbone_net.net." + name);
        return backbone;
    }

    private DetectionNet net() {
        int outputs = new HeadReader(CODING, CLASSES).width();
        DetectionNet made = new DetectionNet(
                ENGINE,
                new Random(1),
                new DetectionNet.Sizes(backbone.channels(), 256, outputs, 1, 64, 0.3, 16, Centres.VOTES, true));
        RecordedDetector.load(FILE, made, name -> name.startsWith("final.") ? "backbone_net.net." + name : name);
        return made;
    }

    @Test
    void givesThePublishedProposalsInUse() {
        try (var scope = ENGINE.noGrad()) {
            assertThat(scope).isNotNull();
            compare("", "eval", false);
        }
    }

    @Test
    void givesThePublishedProposalsInTraining() {
        compare("", "train", true);
    }

    @Test
    void givesThePublishedProposalsOfASceneOfFewerVoxelsThanSeeds() {
        try (var scope = ENGINE.noGrad()) {
            assertThat(scope).isNotNull();
            compare("few/", "eval", false);
        }
    }

    /** Losses to 1e-5; gradients, through some 60 layers in single precision on both sides, as near as outputs are. */
    @Test
    void givesThePublishedLossesAndGradients() {
        backbone.module().training(true);
        net.training(true);
        try (Npz golden = Npz.open(TestFiles.golden("more/votenet_sparse.npz"))) {
            DetectionNet.Output output = output(golden, "", "train");
            DetectionLoss loss = RecordedLoss.of(ENGINE, golden, CODING, "train");
            Tensor total = loss.apply(output.votes(), output.places(), output.head());
            PARTS.forEach(
                    (ours, theirs) -> assertThat((double) loss.parts().get(ours).item())
                            .as(ours)
                            .isCloseTo(golden.get("train/out/" + theirs).scalar(), withinPercentage(1e-3)));
            total.backward();
            Map<String, Parameter> parameters = new HashMap<>();
            net.namedParameters()
                    .forEach((name, own) ->
                            parameters.put(name.startsWith("final.") ? "backbone_net.net." + name : name, own));
            backbone.module().namedParameters().forEach((name, own) -> parameters.put("backbone_net.net." + name, own));
            new RecordedDetector(golden, CODING).compareGradients("train", parameters);
        }
    }

    private void compare(String which, String mode, boolean training) {
        backbone.module().training(training);
        net.training(training);
        try (Npz golden = Npz.open(TestFiles.golden("more/votenet_sparse.npz"))) {
            new RecordedDetector(golden, CODING).compare(which + mode, output(golden, which, mode));
        }
    }

    private DetectionNet.Output output(Npz golden, String which, String mode) {
        PointBatch batch = batch(golden, which + "in/");
        int[] rows = PublishedSpread.rows(batch.positions(), batch.offsets(), SEEDS);
        int[] points = golden.get(which + "in/voxel_inds").ints();
        assertThat(IntStream.of(rows).map(row -> points[row]).toArray())
                .as("seeds")
                .isEqualTo(golden.get(which + mode + "/seed_inds").ints());
        return net.apply(FeatureSet.at(backbone.features(batch), batch, rows));
    }

    /** Voxels with the point that stands for each; its colour is handed to the network as it is, in place of normals. */
    private static PointBatch batch(Npz golden, String in) {
        int[] coordinates = golden.get(in + "voxel_coords").ints();
        int[] points = golden.get(in + "voxel_inds").ints();
        float[] colours = golden.get(in + "voxel_feats").floats();
        float[] clouds = golden.get(in + "point_clouds").floats();
        int size = golden.get(in + "point_clouds").dim(1);
        List<SampledPoints> items = new ArrayList<>();
        for (int from = 0; from < points.length; ) {
            int b = coordinates[4 * from];
            int to = from;
            while (to < points.length && coordinates[4 * to] == b) {
                to++;
            }
            int n = to - from;
            int[] grid = new int[3 * n];
            float[] positions = new float[3 * n];
            for (int i = 0; i < 3 * n; i++) {
                grid[i] = coordinates[4 * (from + i / 3) + 1 + i % 3];
                positions[i] = clouds[3 * (b * size + points[from + i / 3]) + i % 3];
            }
            Scene scene = Scene.ofPositions("golden" + b, positions)
                    .withNormals(Arrays.copyOfRange(colours, 3 * from, 3 * to));
            int[] identity = IntStream.range(0, n).toArray();
            items.add(new SampledPoints(scene, grid, VOXEL, identity, identity));
            from = to;
        }
        return PointBatch.of(items, List.of(InputFeature.NORMAL));
    }
}
