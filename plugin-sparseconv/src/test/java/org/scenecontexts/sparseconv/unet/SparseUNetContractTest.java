package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.testkit.BackboneContract;

class SparseUNetContractTest extends BackboneContract<SparseUNetFactory.Config> {

    @Override
    protected BackboneFactory<SparseUNetFactory.Config> factory() {
        return new SparseUNetFactory();
    }

    @Override
    protected SparseUNetFactory.Config config() {
        return new SparseUNetFactory.Config(List.of(8, 12, 16), 1, 0.1, 0.1);
    }

    @Override
    protected TensorEngine engine(int threads) {
        return TestEngines.cpu(threads);
    }

    private static long parameters(Module network) {
        return network.parameters().stream()
                .mapToLong(parameter -> parameter.tensor().size())
                .sum();
    }

    private static SparseUNet network(TensorEngine engine, int inputs, int... widths) {
        List<Integer> list = java.util.Arrays.stream(widths).boxed().toList();
        return new SparseUNet(
                engine, new java.util.Random(1), new SparseUNetFactory.Config(list, 2, 0.02, 0.1), inputs);
    }

    @Test
    void itHasAsManyParametersAsThePublishedNetworks() {
        try (TensorEngine engine = TestEngines.cpu(1)) {
            // Counted by hand from the published design, m = 16: the score network without its linear layer is two
            // levels of
            // two blocks each; a block of a to b channels has 27 ab + 27 bb weights, 2a + 2b of norms, and ab where a
            // != b.
            long fine = 2 * (2 * 27 * 256 + 64);
            long coarse = 2 * (2 * 27 * 1024 + 128);
            long between = 32 + 8 * 512 + 64 + 8 * 512;
            long tail = (27 * 512 + 27 * 256 + 64 + 32 + 512) + (2 * 27 * 256 + 64);
            SparseUNet score = network(engine, 16);
            assertThat(parameters(score)).isEqualTo(fine + coarse + between + tail + 32);
            assertThat(score.channels()).isEqualTo(16);
            // 7.72 million with the score branch, and the heads: 16 to 20 classes, 16 to 16 with a norm, and to 3
            // offsets.
            long heads = (16 * 20 + 20) + (16 * 16 + 16 + 32) + (16 * 3 + 3) + 17;
            long all = parameters(network(engine, 6, 16, 32, 48, 64, 80, 96, 112)) + parameters(score) + heads;
            assertThat(Math.round(all / 1e4)).isEqualTo(772);
        }
    }

    @Test
    void widthsBelowOneAreRefused() {
        assertThatThrownBy(() -> new SparseUNetFactory.Config(List.of(8, 0), 1, 0.1, 0.1))
                .hasMessageContaining("[8, 0]");
    }
}
