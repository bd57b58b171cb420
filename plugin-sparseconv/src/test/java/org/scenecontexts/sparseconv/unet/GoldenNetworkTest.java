package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.StepNumbers;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.testing.TestFiles;

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
        try (Npz golden = Npz.open(TestFiles.golden("net_res16unet14_div8_me043.npz"));
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
        try (Npz golden = Npz.open(TestFiles.golden("net_res16unet14_div8_me043.npz"))) {
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

    /**
     * The first losses agree to what single precision costs. The fourth may not: of four runs in double precision from
     * weights changed by one part in ten million (PyTorch, once), three gave the recorded loss within 1e-6 and one 4.6e-5
     * off it, because one ReLU opened that had not; its limit is twice that.
     */
    @Test
    void learnsAsThePublishedNetworkDoes() {
        try (Npz golden = Npz.open(TestFiles.golden("net_res16unet14_div8_me043.npz"))) {
            Network network = net14(KernelLayout.MINKOWSKI_04_HYBRID);
            PointBatch batch = batch(golden);
            Map<String, Buffer> momentum = new java.util.HashMap<>();
            double[] published = golden.get("sgd4_losses_f32").doubles();
            for (int step = 0; step < published.length; step++) {
                Tensor loss = new CrossEntropy(batch.labels(), 0, new float[0]).apply(network.apply(batch));
                double error = Math.abs(loss.item() - published[step]) / published[step];
                Errors.report("loss of step " + (step + 1), error);
                assertThat(error).as("loss of step " + (step + 1)).isLessThan(step < 3 ? 1e-6 : 1e-4);
                loss.backward();
                Buffer numbers = ENGINE.bufferOf(StepNumbers.sgd(0.05, 0.9, 0.1, false, step == 0));
                network.namedParameters().forEach((name, parameter) -> {
                    int n = parameter.tensor().size();
                    Buffer velocity = momentum.computeIfAbsent(name, key -> ENGINE.bufferOf(new float[n]));
                    Buffer gradient = parameter.grad().orElseThrow().buffer();
                    ENGINE.dense()
                            .sgdStep(n, parameter.tensor().buffer(), gradient, velocity, numbers, Buffer.NONE, 1e-4f);
                    parameter.tensor().clearGrad();
                });
            }
        }
    }

    @Test
    void givesThePublishedOutputsAndGradientsOf34C() {
        try (Npz golden = Npz.open(TestFiles.golden("net_insseg34c_div8_me043.npz"))) {
            OffsetNetwork network = insseg();
            Tensor features = network.trunk.backbone.features(batch(golden));
            Tensor logits = network.trunk.last.apply(features);
            Tensor offsets = network.offsets(features);
            Errors.expect("logits", logits, golden.get("train_logits"), FORWARD);
            Errors.expect("offsets", offsets, golden.get("train_offsets"), FORWARD);

            Tensor gradLogits = ENGINE.wrap(golden.get("grad_logits").floats(), logits.shape());
            Tensor gradOffsets = ENGINE.wrap(golden.get("grad_offsets").floats(), offsets.shape());
            logits.multiply(gradLogits)
                    .sum()
                    .add(offsets.multiply(gradOffsets).sum())
                    .backward();

            String[] names = golden.get("param_names").strings();
            double[] norms = golden.get("grad_norms").doubles();
            var parameters = network.namedParameters();
            assertThat(parameters.keySet()).containsExactlyInAnyOrder(names);
            for (int i = 0; i < names.length; i++) {
                double sum = 0;
                for (float g : parameters.get(names[i]).grad().orElseThrow().toArray()) {
                    sum += (double) g * g;
                }
                double norm = Math.sqrt(sum);
                if (names[i].equals("offsets_pre.bias")) {
                    // It has no effect before a batch norm: its gradient is zero, and what is recorded is rounding.
                    assertThat(norm).as("gradient norm of " + names[i]).isLessThan(1e-6);
                    continue;
                }
                double error = Math.abs(norm - norms[i]) / norms[i];
                Errors.report("norm of the gradient of " + names[i], error);
                assertThat(error).as("gradient norm of " + names[i]).isLessThan(FORWARD);
            }
        }
    }

    @Test
    void givesThePublishedOutputsOf34CInUse() {
        try (Npz golden = Npz.open(TestFiles.golden("net_insseg34c_div8_me043.npz"));
                var scope = ENGINE.noGrad()) {
            assertThat(scope).isNotNull();
            OffsetNetwork network = insseg();
            network.training(false);

            Tensor features = network.trunk.backbone.features(batch(golden));
            Errors.expect("logits", network.trunk.last.apply(features), golden.get("eval_logits"), FORWARD);
            Errors.expect("offsets", network.offsets(features), golden.get("eval_offsets"), FORWARD);
        }
    }

    private static OffsetNetwork insseg() {
        OffsetNetwork network = new OffsetNetwork();
        PublishedWeights.load(network, "net_insseg34c_div8.pth", KernelLayout.MINKOWSKI_04_HYBRID);
        return network;
    }

    /** Res16UNet34C with the published heads of instance segmentation (REFERENCE 1.6). */
    private static final class OffsetNetwork extends Module {
        final Network trunk = child("", new Network(Variant.RES16UNET34C, 3, KernelLayout.MINKOWSKI_04_HYBRID, 20));
        private final int width = trunk.backbone.channels();
        private final PointwiseConvolution before =
                child("offsets_pre", new PointwiseConvolution(ENGINE, new Random(3), width, width, true));
        private final BatchNorm norm = child("bntr_offset.bn", new BatchNorm(ENGINE, width, Momentum.ofBatch(0.02)));
        private final PointwiseConvolution last =
                child("offsets", new PointwiseConvolution(ENGINE, new Random(4), width, 3, true));

        Tensor offsets(Tensor features) {
            return last.apply(norm.applyRelu(before.apply(features)));
        }
    }
}
