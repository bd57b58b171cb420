package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.testing.TestFiles;

class Res16UNetTest {

    private static final TensorEngine ENGINE = TestEngines.cpu(1);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static Res16UNet network(Variant variant, Res16UNetConfig config) {
        return new Res16UNet(ENGINE, new Random(1), variant, config, 3);
    }

    private static Res16UNetConfig width(double width) {
        return new Res16UNetConfig(width, 0.02, 3, KernelLayout.MINKOWSKI_04_HYBRID, 0.02, 0.1, true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "RES16UNET14, 22134656",
        "RES16UNET18, 40996608",
        "RES16UNET34, 57148416",
        "RES16UNET14A, 8016256",
        "RES16UNET18A, 15484928",
        "RES16UNET34A, 36598784",
        "RES16UNET34B, 36217472",
        "RES16UNET34C, 37847808"
    })
    void hasThePublishedNumberOfParametersWith32Outputs(Variant variant, long published) {
        Res16UNet network = network(variant, Res16UNetConfig.published());
        long head = 32L * network.channels() + 32;

        assertThat(network.parameterCount() + head).isEqualTo(published);
    }

    @Test
    void hasThePublishedNamesInThePublishedOrder() {
        try (Npz golden = Npz.open(TestFiles.golden("net_insseg34c_div8_me043.npz"))) {
            List<String> published =
                    new ArrayList<>(Arrays.asList(golden.get("param_names").strings()));
            published.removeIf(name -> name.startsWith("final.") || name.contains("offset"));

            assertThat(network(Variant.RES16UNET34C, width(0.125))
                            .namedParameters()
                            .keySet())
                    .containsExactlyElementsOf(published);
        }
    }

    @Test
    void keepsPublishedShapesInItsState() {
        List<StateEntry> state =
                network(Variant.RES16UNET34C, Res16UNetConfig.published()).state();

        assertThat(state).hasSize(374 - 2);
        assertThat(shape(state, "conv0p1s1.kernel")).containsExactly(27, 3, 32);
        assertThat(shape(state, "block5.0.conv1.kernel")).containsExactly(27, 384, 256);
        assertThat(shape(state, "block5.0.downsample.0.kernel")).containsExactly(384, 256);
        assertThat(shape(state, "block5.0.downsample.1.bn.running_var")).containsExactly(256);
        assertThat(shape(state, "bn0.bn.num_batches_tracked")).isEmpty();
        assertThat(shape(state, "convtr7p2s2.kernel")).containsExactly(8, 96, 96);
    }

    private static int[] shape(List<StateEntry> state, String name) {
        return state.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .shape();
    }

    @Test
    void scalesEveryWidth() {
        Res16UNet network = network(Variant.RES16UNET34C, width(0.125));

        assertThat(shape(network.state(), "conv0p1s1.kernel")).containsExactly(27, 3, 4);
        assertThat(shape(network.state(), "block6.0.conv1.kernel")).containsExactly(27, 24, 16);
        assertThat(network.channels()).isEqualTo(12);
    }

    @ParameterizedTest
    @EnumSource(names = {"RES16UNET50", "RES16UNET101"})
    void makesBottlenecksFourTimesAsWideAsTheirPlanes(Variant variant) {
        Res16UNet network = network(variant, width(0.125));

        assertThat(network.channels()).isEqualTo(4 * 32);
        assertThat(shape(network.state(), "block8.0.conv3.kernel")).containsExactly(32, 128);
    }

    @Test
    void drawsFirstKernelsWithinThePublishedBounds() {
        Res16UNet network = network(Variant.RES16UNET14A, Res16UNetConfig.published());

        assertThat(largest(network, "block3.0.conv2.kernel")).isBetween(0.99, 1.0);
        assertThat(largest(network, "convtr4p16s2.kernel")).isBetween(0.99, 1.0);
    }

    /** Largest magnitude relative to the published bound. */
    private static double largest(Res16UNet network, String name) {
        var parameter = network.namedParameters().get(name);
        int[] shape = parameter.publishedShape();
        int channels = name.startsWith("convtr") ? shape[2] : shape[1];
        double largest = 0;
        for (float value : parameter.tensor().toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest * Math.sqrt((double) shape[0] * channels);
    }
}
