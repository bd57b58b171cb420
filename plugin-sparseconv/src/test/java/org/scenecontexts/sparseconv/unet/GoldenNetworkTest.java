package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.sparseconv.SharedFiles;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.map.KernelLayout;

/** The network against outputs, losses and gradients of the published implementation. */
class GoldenNetworkTest {

    private static final double FORWARD = 1e-4;
    private static final double GRADIENT = 1e-3;
    private static final TensorEngine ENGINE = TestEngines.cpu(2);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /** Backbone and published last layer, with the published names. */
    private static final class Network extends Module {
        final Res16UNet backbone;
        final PointwiseConvolution last;

        Network(Variant variant, int stemSize, KernelLayout layout, int out) {
            Res16UNetConfig config = new Res16UNetConfig(0.125, 0.02, stemSize, layout, 0.02, 0.1, true, false);
            backbone = child("", new Res16UNet(ENGINE, new Random(1), variant, config, 3));
            last = child("final", new PointwiseConvolution(ENGINE, new Random(2), backbone.channels(), out, true));
        }

        Tensor apply(PointBatch batch) {
            Tensor features = backbone.features(batch);
            Tensor scores = last.apply(features);
            features.release();
            return scores;
        }
    }

    private static Network net14(KernelLayout layout) {
        Network network = new Network(Variant.RES16UNET14, 5, layout, 20);
        PublishedWeights.load(network, "net_res16unet14_div8.pth", layout);
        return network;
    }

    private static PointBatch batch(Npz golden) {
        return GoldenBatch.of(
                golden.get("coords").ints(),
                golden.get("feats").floats(),
                golden.get("labels").ints());
    }

    @ParameterizedTest
    @EnumSource
    void givesThePublishedOutputsInUse(KernelLayout layout) {
        try (Npz golden = SharedFiles.golden("net_res16unet14_div8_me043.npz");
                var scope = ENGINE.noGrad()) {
            assertThat(scope).isNotNull();
            Network network = net14(layout);
            network.training(false);

            Errors.expect("eval", network.apply(batch(golden)), golden.get("eval_out_f64"), FORWARD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesThePublishedOutputsLossGradientsAndStatisticsInTraining(KernelLayout layout) {
        try (Npz golden = SharedFiles.golden("net_res16unet14_div8_me043.npz")) {
            Network network = net14(layout);
            PointBatch batch = batch(golden);

            Tensor scores = network.apply(batch);
            Errors.expect("train", scores, golden.get("train_out_f64"), FORWARD);
            Tensor loss = new CrossEntropy(batch.labels(), 0, new float[0]).apply(scores);
            Errors.expect("loss", loss, golden.get("train_loss_f64"), FORWARD);
            loss.backward();

            network.namedParameters().forEach((name, parameter) -> {
                float[] gradient = parameter.grad().orElseThrow().toArray();
                Errors.expect(
                        "gradient of " + name,
                        PublishedWeights.toPublished(name, gradient, parameter.publishedShape(), layout),
                        golden.get("grad/" + name),
                        GRADIENT);
            });
            for (StateEntry entry : network.state()) {
                if (entry instanceof StateEntry.Floats floats && golden.has("buf_after_train/" + entry.name())) {
                    Errors.expect(
                            entry.name(), floats.values(), golden.get("buf_after_train/" + entry.name()), FORWARD);
                }
            }
        }
    }

    @Test
    void learnsAsThePublishedNetworkDoes() {
        try (Npz golden = SharedFiles.golden("net_res16unet14_div8_me043.npz")) {
            Network network = net14(KernelLayout.MINKOWSKI_04_HYBRID);
            PointBatch batch = batch(golden);
            Map<String, float[]> momentum = new java.util.HashMap<>();
            double[] published = golden.get("sgd4_losses_f32").doubles();
            for (int step = 0; step < published.length; step++) {
                Tensor loss = new CrossEntropy(batch.labels(), 0, new float[0]).apply(network.apply(batch));
                assertThat((double) loss.item())
                        .isCloseTo(published[step], org.assertj.core.data.Percentage.withPercentage(0.05));
                loss.backward();
                boolean first = step == 0;
                network.namedParameters().forEach((name, parameter) -> {
                    int n = parameter.tensor().size();
                    float[] velocity = momentum.computeIfAbsent(name, key -> new float[n]);
                    float[] gradient = parameter.grad().orElseThrow().data();
                    ENGINE.dense()
                            .sgdStep(
                                    n,
                                    parameter.tensor().data(),
                                    gradient,
                                    velocity,
                                    0.05f,
                                    0.9f,
                                    0.1f,
                                    1e-4f,
                                    false,
                                    first);
                    parameter.tensor().clearGrad();
                });
            }
        }
    }

    @Test
    void givesThePublishedLogitsOf34C() {
        try (Npz golden = SharedFiles.golden("net_insseg34c_div8_me043.npz")) {
            Network network = new Network(Variant.RES16UNET34C, 3, KernelLayout.MINKOWSKI_04_HYBRID, 20);
            PublishedWeights.load(network, "net_insseg34c_div8.pth", KernelLayout.MINKOWSKI_04_HYBRID);
            PointBatch batch = batch(golden);

            Errors.expect("train", network.apply(batch), golden.get("train_logits"), FORWARD);
        }
    }

    @Test
    void givesThePublishedLogitsOf34CInUse() {
        try (Npz golden = SharedFiles.golden("net_insseg34c_div8_me043.npz");
                var scope = ENGINE.noGrad()) {
            assertThat(scope).isNotNull();
            Network network = new Network(Variant.RES16UNET34C, 3, KernelLayout.MINKOWSKI_04_HYBRID, 20);
            PublishedWeights.load(network, "net_insseg34c_div8.pth", KernelLayout.MINKOWSKI_04_HYBRID);
            network.training(false);

            Errors.expect("eval", network.apply(batch(golden)), golden.get("eval_logits"), FORWARD);
        }
    }
}
