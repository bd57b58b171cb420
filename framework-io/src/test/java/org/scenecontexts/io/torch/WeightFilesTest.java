package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.safetensors.SafetensorsWriter;
import org.scenecontexts.testing.TestFiles;

class WeightFilesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"w.pth", "w.safetensors"})
    void tensorsLayoutAndMetadataSurviveARoundTrip(String name) {
        Map<String, NpArray> tensors = new LinkedHashMap<>();
        tensors.put("conv.kernel", NpArray.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3));
        tensors.put("bn.num_batches_tracked", NpArray.scalar(9L));
        Weights weights = new Weights(tensors, Optional.of(WeightLayout.MINKOWSKI_04), Map.of("arch", "Res16UNet34C"));
        Path file = folder.resolve(name);

        WeightFiles.write(file, weights);
        Weights read = WeightFiles.read(file);

        assertThat(read.layout()).contains(WeightLayout.MINKOWSKI_04);
        assertThat(read.metadata()).containsEntry("arch", "Res16UNet34C");
        assertThat(read.tensors().get("conv.kernel").shape()).containsExactly(1, 2, 3);
        assertThat(read.tensors().get("conv.kernel").floats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read.tensors().get("bn.num_batches_tracked").shape()).isEmpty();
        assertThat(read.tensors().get("bn.num_batches_tracked").longs()).containsExactly(9);
    }

    @Test
    void theMemoryOfAnOptimizerIsNoWeight() {
        Path file = folder.resolve("checkpoint.safetensors");
        new SafetensorsWriter()
                .floats("bn0.bn.weight", new float[] {1}, 1)
                .floats("optimizer/bn0.bn.weight", new float[] {2}, 1)
                .write(file);

        assertThat(WeightFiles.read(file).tensors()).containsOnlyKeys("bn0.bn.weight");
    }

    @Test
    void publishedFilesDoNotRecordALayout() {
        Weights weights = WeightFiles.read(TestFiles.golden("net_insseg34c_div8.pth"));

        assertThat(weights.layout()).isEmpty();
        assertThat(weights.tensors()).containsKey("offsets_pre.kernel");
        assertThat(weights.metadata()).containsKey("arch");
    }

    @Test
    void aPublishedFileIsTheSameAfterSafetensorsAndBack() {
        Weights published = WeightFiles.read(TestFiles.golden("net_res16unet14_div8.pth"));
        Path safetensors = folder.resolve("w.safetensors");
        Path pth = folder.resolve("w.pth");

        WeightFiles.write(safetensors, published);
        WeightFiles.write(pth, WeightFiles.read(safetensors));

        Map<String, NpArray> back = WeightFiles.read(pth).tensors();
        assertThat(back.keySet())
                .containsExactlyInAnyOrderElementsOf(published.tensors().keySet());
        published.tensors().forEach((name, array) -> {
            assertThat(back.get(name)).as(name).hasToString(array.toString());
            assertThat(back.get(name).doubles()).as(name).isEqualTo(array.doubles());
        });
    }

    @Test
    void otherFilesAreRefusedByName() {
        Path text =
                Pickles.write(folder.resolve("notes.txt"), "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThatThrownBy(() -> WeightFiles.read(text))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("notes.txt")
                .hasMessageContaining("torch.save");
        assertThatThrownBy(() -> WeightFiles.read(folder.resolve("none.pth")))
                .hasMessageContaining("none.pth")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> WeightFiles.write(folder.resolve("w.onnx"), Weights.of(Map.of())))
                .hasMessageContaining(".safetensors");
    }

    @Test
    void aCheckpointOfAnotherProgramSaysThatItsTrainingIsNotGoneOnWith() {
        assertThat(WeightFiles.read(TestFiles.golden("net_res16unet14_div8.pth"))
                        .remarks())
                .anySatisfy(remark -> assertThat(remark)
                        .contains("at iteration ", "optimizer, which is not taken over", "begins at iteration 0"));
        assertThat(WeightFiles.read(TestFiles.golden("more/pretrain_pointnet2.pth"))
                        .remarks())
                .noneMatch(remark -> remark.contains("optimizer"));
    }
}
