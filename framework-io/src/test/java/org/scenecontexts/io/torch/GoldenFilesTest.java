package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.testing.TestFiles;

/** Files that PyTorch wrote. */
class GoldenFilesTest {

    @TempDir
    Path folder;

    @Test
    void everyGoldenFileOfTheProjectIsReadAndSurvivesARoundTrip() throws IOException {
        everyFileSurvivesARoundTrip(TestFiles.golden(""));
    }

    @Test
    void everyGoldenFileBesideTheProjectIsReadAndSurvivesARoundTrip() throws IOException {
        everyFileSurvivesARoundTrip(TestFiles.shared("goldens"));
    }

    private void everyFileSurvivesARoundTrip(Path goldens) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(goldens)) {
            files = walk.filter(f -> f.toString().endsWith(".pth")).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(20);
        for (Path file : files) {
            TorchFile read = TorchFile.read(file);
            Path copy = folder.resolve("copy.pth");
            TorchWriter.write(copy, read.root());
            assertThat(Trees.lines(TorchFile.read(copy).root())).as("%s", file).isEqualTo(Trees.lines(read.root()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_res16unet14_div8.pth", "net_res16unet14_div8.legacy.pth"})
    void everyTensorHasTheChecksumOfTheManifest(String name) throws IOException {
        JsonNode manifest = new ObjectMapper()
                .readTree(TestFiles.golden("net_res16unet14_div8_manifest.json").toFile());
        Map<String, TorchTensor> tensors = StateDicts.of(TorchFile.read(TestFiles.golden(name)));

        assertThat(tensors.keySet()).containsExactlyElementsOf(manifest::fieldNames);
        tensors.forEach((key, tensor) -> {
            assertThat(Trees.sha256(tensor.bytes()))
                    .as(key)
                    .isEqualTo(manifest.get(key).get("sha256").asText());
            assertThat("torch." + tensor.type())
                    .isEqualTo(manifest.get(key).get("dtype").asText());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "net_res16unet14_div8.legacy.pth, net_res16unet14_div8.pth",
        "more/pretrain_pointnet2.legacy.pth, more/pretrain_pointnet2.pth",
        "more/points_list_ndarray.legacy.pth, more/points_list_ndarray.pth",
        "more/seg_s3dis/Area_1/office_1.legacy.pth, more/seg_s3dis/Area_1/office_1.pth",
        "more/seg_scannet_legacy/scene0001_00.pth, more/seg_scannet/scene0001_00.pth"
    })
    void bothFormatsOfOneFileHoldTheSame(String legacy, String zip) {
        TorchFile older = TorchFile.read(TestFiles.golden(legacy));
        TorchFile newer = TorchFile.read(TestFiles.golden(zip));

        assertThat(older.format()).isEqualTo(TorchFile.Format.LEGACY);
        assertThat(newer.format()).isEqualTo(TorchFile.Format.ZIP);
        assertThat(Trees.lines(older.root())).isEqualTo(Trees.lines(newer.root()));
    }

    @Test
    void optimizerStatesAndModuleVersionsAreKept() {
        TorchFile file = TorchFile.read(TestFiles.golden("net_res16unet14_div8.pth"));

        assertThat(Trees.lines(file.root()))
                .anyMatch(line ->
                        line.contains("optimizer") && line.contains("momentum_buffer") && line.contains("float32"))
                .anyMatch(line -> line.contains("@_metadata") && line.contains("version"));
    }

    @Test
    void listsOfPointsAreTheSameAsArraysListsAndTensors() {
        Map<TorchValue, TorchValue> arrays = entries("more/points_list_ndarray.pth");
        Map<TorchValue, TorchValue> tensors = entries("more/points_list_tensor.pth");
        Map<TorchValue, TorchValue> lists = entries("more/points_list_list.pth");

        assertThat(tensors.keySet()).isEqualTo(arrays.keySet()).isEqualTo(lists.keySet());
        arrays.forEach((scene, array) -> {
            long[] indices = ((TorchArray) array).array().longs();
            assertThat(((TorchTensor) tensors.get(scene)).longs()).isEqualTo(indices);
            assertThat(((TorchValue.Sequence) lists.get(scene))
                            .items().stream()
                                    .mapToLong(item -> ((TorchValue.Int) item).value())
                                    .toArray())
                    .isEqualTo(indices);
        });
    }

    private static Map<TorchValue, TorchValue> entries(String name) {
        return ((TorchValue.Dict) TorchFile.read(TestFiles.golden(name)).root()).entries();
    }

    @Test
    void pytorchReadsWhatWeWrite() throws Exception {
        Path script = TestFiles.golden("check_pth.py");
        Path manifest = TestFiles.golden("net_res16unet14_div8_manifest.json");
        String python = System.getProperty("csc.python", "python3");
        assumeTrue(run(python, "-c", "import torch") == 0, python + " has no torch; set -Dcsc.python to one that has");
        Weights weights = WeightFiles.read(TestFiles.golden("net_res16unet14_div8.pth"));
        Path copy = folder.resolve("ours.pth");

        WeightFiles.write(copy, weights);

        assertThat(run(python, script.toString(), copy.toString(), manifest.toString()))
                .isZero();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
