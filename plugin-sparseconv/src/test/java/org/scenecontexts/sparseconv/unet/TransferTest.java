package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.WeightLayout;
import org.scenecontexts.io.torch.Weights;
import org.scenecontexts.runtime.checkpoint.InitialWeights;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.map.KernelLayout;

/**
 * From a pre-training file to semantic segmentation: exactly the trunk moves (REFERENCE 11.3). The file is made up here of
 * the published names and shapes (REFERENCE 1.8), not of this program's own.
 */
class TransferTest {

    private static final TensorEngine ENGINE = TestEngines.cpu(1);
    private static final List<String> HEAD = List.of("final.kernel", "final.bias");
    private static final int OUT = 32;

    @TempDir
    static Path folder;

    private static Map<String, NpArray> published;
    private static Module network;
    private static Map<String, float[]> headBefore;
    private static List<String> said;

    @BeforeAll
    static void transfer() {
        published = new Published().tensors();
        Path file = folder.resolve("partition8_4096_100k.pth");
        WeightFiles.write(file, Weights.of(published));
        network = new Segmentation(20);
        headBefore = network.state().stream()
                .filter(entry -> HEAD.contains(entry.name()))
                .collect(Collectors.toMap(StateEntry::name, TransferTest::copy));
        Map<String, String> about = Map.of("kernel-layout", KernelLayout.MINKOWSKI_04_HYBRID.toString());
        said = InitialWeights.load(
                file,
                new InitialWeights.Said(Optional.of(WeightLayout.MINKOWSKI_04), Optional.empty(), "init-layout"),
                network.state(),
                about,
                false);
    }

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /** Backbone and head of semantic segmentation. */
    private static final class Segmentation extends Module {
        Segmentation(int classes) {
            Res16UNet trunk =
                    new Res16UNet(ENGINE, new Random(1), Variant.RES16UNET34C, Res16UNetConfig.published(), 3);
            child("", trunk);
            child("final", new PointwiseConvolution(ENGINE, new Random(2), trunk.channels(), classes, true));
        }
    }

    /** The published state dict, as REFERENCE 1.8 lists it. */
    private static final class Published {
        private final Map<String, NpArray> tensors = new LinkedHashMap<>();
        private final Random random = new Random(3);

        Map<String, NpArray> tensors() {
            floats("conv0p1s1.kernel", 27, 3, 32);
            norm("bn0", 32);
            int[] blocks = {2, 3, 4, 6, 2, 2, 2, 2};
            int[] widths = {32, 64, 128, 256, 256, 128, 96, 96};
            int[] inputs = {32, 32, 64, 128, 384, 192, 128, 128};
            String[] before = {"conv1p1s2", "conv2p2s2", "conv3p4s2", "conv4p8s2"};
            String[] up = {"convtr4p16s2", "convtr5p8s2", "convtr6p4s2", "convtr7p2s2"};
            int width = 32;
            for (int stage = 0; stage < blocks.length; stage++) {
                boolean down = stage < before.length;
                int to = down ? width : widths[stage];
                floats((down ? before[stage] : up[stage - 4]) + ".kernel", 8, width, to);
                norm(down ? "bn" + (stage + 1) : "bntr" + stage, to);
                for (int block = 0; block < blocks[stage]; block++) {
                    block(
                            "block" + (stage + 1) + "." + block,
                            block == 0 ? inputs[stage] : widths[stage],
                            widths[stage]);
                }
                width = widths[stage];
            }
            floats("final.kernel", 96, OUT);
            floats("final.bias", 1, OUT);
            return tensors;
        }

        private void block(String name, int in, int out) {
            floats(name + ".conv1.kernel", 27, in, out);
            norm(name + ".norm1", out);
            floats(name + ".conv2.kernel", 27, out, out);
            norm(name + ".norm2", out);
            if (in != out) {
                floats(name + ".downsample.0.kernel", in, out);
                norm(name + ".downsample.1", out);
            }
        }

        private void norm(String name, int channels) {
            for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
                floats(name + ".bn." + part, channels);
            }
            tensors.put(name + ".bn.num_batches_tracked", NpArray.scalar(100_000L + tensors.size()));
        }

        private void floats(String name, int... shape) {
            int size = 1;
            for (int side : shape) {
                size *= side;
            }
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = random.nextFloat();
            }
            tensors.put(name, NpArray.of(values, shape));
        }
    }

    private static float[] copy(StateEntry entry) {
        StateEntry.Floats floats = (StateEntry.Floats) entry;
        return java.util.Arrays.copyOf(floats.values(), floats.size());
    }

    @Test
    void thePublishedFileHasTheNamesOfOurNetworkAndAsManyTensorsAsPublished() {
        assertThat(published).hasSize(374);
        assertThat(network.state().stream().map(StateEntry::name).toList())
                .containsExactlyInAnyOrderElementsOf(published.keySet());
    }

    @Test
    void everyTensorAndBufferOfTheTrunkIsTaken() {
        int taken = 0;
        for (StateEntry entry : network.state()) {
            NpArray stored = published.get(entry.name());
            switch (entry) {
                case StateEntry.Floats floats
                when !HEAD.contains(floats.name()) -> {
                    assertThat(copy(floats)).as(floats.name()).isEqualTo(stored.floats());
                    taken++;
                }
                case StateEntry.Floats head -> {}
                case StateEntry.Whole whole -> {
                    assertThat(whole.counter().get()).as(whole.name()).isEqualTo(stored.longs()[0]);
                    taken++;
                }
            }
        }
        assertThat(taken).isEqualTo(372);
    }

    @Test
    void theHeadKeepsItsFirstValues() {
        assertThat(headBefore).containsOnlyKeys(HEAD);
        for (StateEntry entry : network.state()) {
            if (HEAD.contains(entry.name())) {
                assertThat(copy(entry)).as(entry.name()).isEqualTo(headBefore.get(entry.name()));
            }
        }
    }

    @Test
    void theLogNamesExactlyWhatWasNotTaken() {
        assertThat(said)
                .contains(
                        "372 of 374 tensors of the model taken over",
                        "2 keep their first values, the shapes differ: final.kernel ([96, 32] in the file, [96, 20] in"
                                + " the model), final.bias ([1, 32] in the file, [1, 20] in the model)")
                .noneMatch(line -> line.contains("none of these names"));
    }
}
