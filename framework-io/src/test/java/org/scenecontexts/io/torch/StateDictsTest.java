package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which dictionary of tensors is taken, and under which names. */
class StateDictsTest {

    @TempDir
    Path folder;

    private static TorchTensor tensor(int size) {
        return TorchTensor.of(new float[size], size);
    }

    private static TorchValue.Dict tensors(int size, String... names) {
        Map<String, TorchValue> tensors = new LinkedHashMap<>();
        Arrays.stream(names).forEach(name -> tensors.put(name, tensor(size)));
        return TorchValue.Dict.ordered(tensors);
    }

    private TorchFile file(Object... keysAndValues) {
        Map<String, TorchValue> root = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            root.put((String) keysAndValues[i], (TorchValue) keysAndValues[i + 1]);
        }
        Path file = folder.resolve("t.pth");
        TorchWriter.write(file, TorchValue.Dict.of(root));
        return TorchFile.read(file);
    }

    private static StateDicts.Found find(TorchFile file, String... place) {
        return StateDicts.find(file, Arrays.stream(place).findFirst(), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_dict", "model_state", "model", "module", "net", "weights of Tuesday"})
    void aDictionaryOfTensorsIsFoundUnderAnyKey(String key) {
        TorchFile file = file("epoch", new TorchValue.Int(3), key, tensors(4, "a.w", "b.w"));

        assertThat(find(file).tensors()).containsOnlyKeys("a.w", "b.w");
        assertThat(find(file).remarks()).containsExactly("'" + key + "' (2 tensors) taken");
    }

    @Test
    void aNestedOneIsFoundAndCalledByItsKeys() {
        TorchFile file = file("model", TorchValue.Dict.of(Map.of("student", tensors(4, "a.w"))));

        assertThat(find(file).tensors()).containsOnlyKeys("a.w");
        assertThat(find(file).remarks()).containsExactly("'model.student' (1 tensors) taken");
    }

    @Test
    void theLargestIsTakenAndTheOthersAreNamed() {
        TorchFile file = file("head", tensors(5, "h.w"), "trunk", tensors(10, "t.w", "t.b"));

        assertThat(find(file).tensors()).containsOnlyKeys("t.w", "t.b");
        assertThat(find(file).remarks()).containsExactly("'trunk' (2 tensors) taken; not taken: 'head' (1 tensors)");
    }

    @Test
    void ofTwoEquallyLargeOnesTheUsualNameIsTaken() {
        TorchFile file = file("ema", tensors(5, "a.w"), "state_dict", tensors(5, "a.w"));

        assertThat(find(file).remarks().getFirst()).startsWith("'state_dict' (1 tensors) taken; not taken: 'ema'");
    }

    @Test
    void theUserMayNameAnother() {
        TorchFile file = file("ema", tensors(5, "e.w"), "state_dict", tensors(9, "a.w"));

        assertThat(find(file, "ema").tensors()).containsOnlyKeys("e.w");
        assertThatThrownBy(() -> find(file, "teacher"))
                .isInstanceOf(TorchFormatException.class)
                .hasMessageContaining("'teacher'")
                .hasMessageContaining("'ema' (1 tensors), 'state_dict' (1 tensors)");
    }

    @Test
    void theMemoryOfAnOptimizerIsNotTaken() {
        Map<TorchValue, TorchValue> memory = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            memory.put(new TorchValue.Int(i), tensors(5, "exp_avg", "exp_avg_sq"));
        }
        TorchFile file = file(
                "optimizer",
                TorchValue.Dict.of(Map.of("state", new TorchValue.Dict(false, memory, Map.of()))),
                "weights",
                tensors(5, "a.w", "b.w", "c.w"));

        assertThat(find(file).tensors()).containsOnlyKeys("a.w", "b.w", "c.w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "_orig_mod.", "model.", "net.", "encoder.", "module._orig_mod.", "model.net."})
    void oneCommonPrefixIsDroppedAndSaid(String prefix) {
        TorchFile file = file("state_dict", tensors(2, prefix + "a.w", prefix + "b.w"));

        assertThat(find(file).tensors()).containsOnlyKeys("a.w", "b.w");
        assertThat(find(file).prefix()).isEqualTo(prefix);
        assertThat(find(file).remarks()).contains("'" + prefix + "' dropped from the names of its tensors");
    }

    @Test
    void aLossWithWeightsOfItsOwnDoesNotHideThePrefix() {
        String[] names = new String[20];
        Arrays.setAll(names, i -> i == 7 ? "loss.w" : "model.layer" + i + ".w");

        assertThat(find(file("state_dict", tensors(2, names))).tensors()).containsKeys("loss.w", "layer3.w");
    }

    @Test
    void aPrefixThatTellsTensorsApartStays() {
        assertThat(find(file("state_dict", tensors(2, "net.a", "net.b", "model.a")))
                        .prefix())
                .isEmpty();
        assertThat(StateDicts.commonPrefix(java.util.Set.of())).isEmpty();
    }

    @Test
    void valuesThatAreNoTensorsAreLeftOutAndNamed() {
        Map<String, TorchValue> mixed = new LinkedHashMap<>();
        mixed.put("a.w", tensor(3));
        mixed.put("_extra_state", new TorchValue.None());
        TorchFile file = file("model", TorchValue.Dict.of(mixed));

        assertThat(find(file).tensors()).containsOnlyKeys("a.w");
        assertThat(find(file).remarks()).contains("1 of its entries are no tensors and left out: _extra_state");
    }

    @Test
    void noMessageShowsHowValuesAreKept() {
        assertThatThrownBy(() -> find(file("epoch", new TorchValue.Int(1), "it", new TorchValue.Text("\u001b"))))
                .hasMessageContaining("a dictionary of 2 entries ('epoch', 'it')")
                .hasMessageNotContaining("[value=");
    }

    @Test
    void aSafetensorsFileLosesACommonPrefixToo() {
        Path file = folder.resolve("w.safetensors");
        new org.scenecontexts.io.safetensors.SafetensorsWriter()
                .floats("model.a.w", new float[2], 2)
                .write(file);

        Weights weights = WeightFiles.read(file);

        assertThat(weights.tensors()).containsOnlyKeys("a.w");
        assertThat(weights.remarks()).isEqualTo(List.of("'model.' dropped from the names of its tensors"));
        assertThatThrownBy(() -> WeightFiles.read(file, Optional.of("model")))
                .hasMessageContaining("without dictionaries");
    }

    @Test
    void ourOwnFilesKeepTheirNames() {
        for (String name : List.of("w.safetensors", "w.pth")) {
            Path file = folder.resolve(name);
            WeightFiles.write(
                    file,
                    new Weights(
                            Map.of("net.a.w", org.scenecontexts.io.array.NpArray.of(new float[2], 2)),
                            Optional.empty(),
                            Map.of("csc.version", "0.1")));

            assertThat(WeightFiles.read(file).tensors()).containsOnlyKeys("net.a.w");
        }
    }
}
