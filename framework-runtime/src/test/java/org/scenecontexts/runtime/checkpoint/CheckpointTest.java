package org.scenecontexts.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Counter;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.WeightLayout;
import org.scenecontexts.io.torch.Weights;

class CheckpointTest {

    private static final TensorEngine ENGINE = new CpuEngine(1, List.of());

    @TempDir
    Path folder;

    /** A state with a counter, whose constructor only modules can reach. */
    private static final class Counting extends Module {
        private final Counter counter = counter("norm.num_batches_tracked");
    }

    private static StateEntry floats(String name, int[] shape, float... values) {
        return new StateEntry.Floats(name, shape, ENGINE.wrap(values, shape));
    }

    private Path write(List<StateEntry> model, List<StateEntry> optimizer) {
        Path file = folder.resolve("a.safetensors");
        Checkpoint.write(file, model, optimizer, Map.of("key", "value"));
        return file;
    }

    @Test
    void aStateComesBackAsItWas() {
        Counting counting = new Counting();
        counting.counter.set(41);
        // Longer than its shape, as pooled buffers are.
        Path file = write(
                List.of(
                        floats("w", new int[] {2, 2}, 1, 2, 3, 4, 99),
                        counting.state().getFirst()),
                List.of(floats("optimizer/w", new int[] {4}, 5, 6, 7, 8)));
        float[] w = new float[4];
        float[] momentum = new float[4];
        Counting other = new Counting();
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            StateMatch match = checkpoint.load(
                    List.of(floats("w", new int[] {2, 2}, w), other.state().getFirst()), true);
            checkpoint.loadBeside(List.of(floats("optimizer/w", new int[] {4}, momentum)));
            assertThat(match.exact()).isTrue();
            assertThat(checkpoint.metadata("key")).contains("value");
        }
        assertThat(w).containsExactly(1, 2, 3, 4);
        assertThat(momentum).containsExactly(5, 6, 7, 8);
        assertThat(other.counter.get()).isEqualTo(41);
    }

    @Test
    void whatDoesNotFitIsLeftOutAndNamed() {
        Path file = write(
                List.of(
                        floats("a", new int[] {1}, 1),
                        floats("b", new int[] {2}, 2, 3),
                        floats("old", new int[] {1}, 4)),
                List.of());
        float[] a = new float[1];
        float[] b = {7};
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            StateMatch match = checkpoint.load(
                    List.of(
                            floats("a", new int[] {1}, a),
                            floats("b", new int[] {1}, b),
                            floats("new", new int[] {1}, 0)),
                    false);
            assertThat(match.lines())
                    .anyMatch(line -> line.startsWith("1 of 3 tensors"))
                    .anyMatch(line -> line.contains("shapes differ: b ([2] in the file, [1] in the model)"))
                    .anyMatch(line -> line.endsWith("none of these names: new"))
                    .anyMatch(line -> line.endsWith("none of these names: old"));
        }
        assertThat(a).containsExactly(1);
        assertThat(b).containsExactly(7);
    }

    @Test
    void strictTakesOverAllOrNothing() {
        Path file = write(List.of(floats("a", new int[] {1}, 1)), List.of());
        float[] a = {5};
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            List<StateEntry> model = List.of(floats("a", new int[] {1}, a), floats("new", new int[] {1}, 0));
            assertThatThrownBy(() -> checkpoint.load(model, true))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("a.safetensors")
                    .hasMessageContaining("new");
        }
        assertThat(a).containsExactly(5);
    }

    @Test
    void aPyTorchFileGivesFirstValuesInTheModelsKernelLayout() {
        float[] hybrid = new float[27];
        for (int k = 0; k < 27; k++) {
            hybrid[k] = k == 0 ? 100 : k;
        }
        Path file = folder.resolve("published.pth");
        WeightFiles.write(
                file,
                Weights.of(Map.of(
                        "block1.0.conv1.kernel", NpArray.of(hybrid, 27, 1, 1),
                        "norm.num_batches_tracked", NpArray.scalar(12L),
                        "other", NpArray.of(new float[3], 3))));
        Counting counting = new Counting();
        float[] kernel = new float[27];
        List<StateEntry> model = List.of(
                floats("block1.0.conv1.kernel", new int[] {27, 1, 1}, kernel),
                counting.state().getFirst());

        List<String> lines = InitialWeights.load(
                file, said(WeightLayout.MINKOWSKI_04), model, Map.of("kernel-layout", "hypercube"), false);

        assertThat(kernel[13]).isEqualTo(100);
        assertThat(kernel).containsExactlyInAnyOrder(hybrid);
        assertThat(counting.counter.get()).isEqualTo(12);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("kernels are converted from the layout minkowski-0.4"))
                .anyMatch(line -> line.startsWith("2 of 2 tensors"))
                .anyMatch(line -> line.endsWith("none of these names: other"));
    }

    private static InitialWeights.Said said(WeightLayout layout) {
        return new InitialWeights.Said(Optional.ofNullable(layout), Optional.empty(), "init-layout");
    }

    private Path kernels(Optional<WeightLayout> recorded) {
        float[] values = new float[27];
        for (int k = 0; k < values.length; k++) {
            values[k] = k;
        }
        Path file = folder.resolve("kernels.pth");
        WeightFiles.write(
                file, new Weights(Map.of("block1.0.conv1.kernel", NpArray.of(values, 27, 1, 1)), recorded, Map.of()));
        return file;
    }

    @Test
    void anOrderOfKernelsThatIsNotKnownIsAskedForAndNothingIsTaken() {
        float[] kernel = new float[27];
        List<StateEntry> model = List.of(floats("block1.0.conv1.kernel", new int[] {27, 1, 1}, kernel));
        Map<String, String> about = Map.of("kernel-layout", "minkowski-0.4");
        Path file = kernels(Optional.empty());

        assertThatThrownBy(() -> InitialWeights.load(file, said(null), model, about, false))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("kernels.pth: does not say in which order")
                .hasMessageContaining("say it with 'init-layout': minkowski-0.4")
                .hasMessageContaining("minkowski-0.5")
                .hasMessageContaining("spconv");
        assertThat(kernel).containsOnly(0);

        assertThat(InitialWeights.load(file, said(WeightLayout.MINKOWSKI_04), model, about, false))
                .contains("kernels are in the layout minkowski-0.4 ('init-layout' says so)");
        assertThat(kernel[5]).isEqualTo(5);
        InitialWeights.load(file, said(WeightLayout.MINKOWSKI_05), model, about, false);
        assertThat(kernel[0]).isEqualTo(13);
    }

    @Test
    void itIsNotAskedForWhereTheFileRecordsItOrTheModelHasNone() {
        float[] kernel = new float[27];
        List<StateEntry> model = List.of(floats("block1.0.conv1.kernel", new int[] {27, 1, 1}, kernel));
        Map<String, String> about = Map.of("kernel-layout", "minkowski-0.4");

        InitialWeights.load(kernels(Optional.empty()), said(null), model, Map.of(), false);
        assertThat(kernel[5]).isEqualTo(5);
        Path recorded = kernels(Optional.of(WeightLayout.MINKOWSKI_05));
        InitialWeights.load(recorded, said(null), model, about, false);
        assertThat(kernel[0]).isEqualTo(13);
        assertThatThrownBy(() -> InitialWeights.load(recorded, said(WeightLayout.SPCONV), model, about, false))
                .hasMessageContaining("records the kernel layout minkowski-0.5, not spconv")
                .hasMessageContaining("leave out 'init-layout'");
    }

    @Test
    void anyPrefixThatAllNamesShareIsDroppedWhereTheModelHasTheRest() {
        Path file = folder.resolve("wrapped.pth");
        WeightFiles.write(
                file,
                Weights.of(Map.of(
                        "detector.backbone.a", NpArray.of(new float[] {7}, 1),
                        "detector.backbone.b", NpArray.of(new float[] {8}, 1),
                        "detector.head", NpArray.of(new float[] {9}, 1))));
        float[] a = {0};
        List<StateEntry> model = List.of(floats("a", new int[] {1}, a), floats("b", new int[] {1}, 0));

        List<String> lines = InitialWeights.load(file, said(null), model, Map.of(), false);

        assertThat(a).containsExactly(7);
        assertThat(lines)
                .contains("'detector.backbone.' dropped from the names of its tensors")
                .contains("2 of 2 tensors of the model taken over");
    }

    @Test
    void aPrefixThatTheModelHasItselfStays() {
        Path file = folder.resolve("net.pth");
        WeightFiles.write(file, Weights.of(Map.of("net.a", NpArray.of(new float[] {7}, 1))));
        float[] a = {0};

        List<String> lines =
                InitialWeights.load(file, said(null), List.of(floats("net.a", new int[] {1}, a)), Map.of(), false);

        assertThat(a).containsExactly(7);
        assertThat(lines).noneMatch(line -> line.contains("dropped"));
    }
}
