package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tasks, data and a file format that the program knows nothing of work from a plugin that was built against published
 * artefacts alone.
 */
class OpenDataPluginIT {

    private static final ThirdPartyBuild PLUGIN = new ThirdPartyBuild("open-data");

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        PLUGIN.build("examples/third-party-plugins/open-data", "open-data-plugin-1.0.0.jar");
    }

    private static void run(String pipeline, String... more) throws IOException, InterruptedException {
        String[] arguments = new String[6 + more.length];
        System.arraycopy(
                new String[] {
                    "run",
                    PLUGIN.at("source/" + pipeline).toString(),
                    "--runs",
                    PLUGIN.at("runs").toString(),
                    "--threads",
                    "2"
                },
                0,
                arguments,
                0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        ThirdPartyBuild.Outcome run = PLUGIN.csc(arguments);
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    private static JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(PLUGIN.at("runs/" + file).toFile());
    }

    @Test
    void heightsAreLearntFromMixedScenesAndWrittenForEveryPoint() throws IOException, InterruptedException {
        run("heights.yaml");
        // Always guessing the mean has r2 = 0.
        assertThat(json("heights/eval/metrics.json").get("r2").asDouble()).isGreaterThan(0.5);
        Path cloud = PLUGIN.at("runs/heights/apply/predictions/land-3-0.ply");
        String header = new String(Files.readAllBytes(cloud), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(header).contains("property float elevation", "scan_elevation", "intensity");
    }

    @Test
    void scenesAreClassified() throws IOException, InterruptedException {
        run("scenes.yaml");
        assertThat(json("scene-kinds/eval/metrics.json").get("scene-accuracy").asDouble())
                .isGreaterThan(0.8);
        JsonNode values = json("scene-kinds/apply/predictions/land-3-1.json")
                .get("values")
                .get("kind");
        assertThat(values.get("forest").asDouble())
                .isGreaterThan(values.get("open").asDouble());
    }

    @Test
    void scansOfAForeignFormatAreTrainedOnAndPredicted() throws IOException, InterruptedException {
        Path scans = Files.createDirectories(PLUGIN.at("scans"));
        for (int k = 0; k < 3; k++) {
            Files.write(scans.resolve("00000" + k + ".bin"), scan(k));
        }
        run("scans.yaml");
        assertThat(json("scans/eval/metrics.json").get("points").asInt()).isEqualTo(3 * 400);
        Path out = PLUGIN.at("told.ply");
        ThirdPartyBuild.Outcome predict = PLUGIN.csc(
                "predict",
                "--model",
                PLUGIN.at("runs/scans/train").toString(),
                scans.resolve("000001.bin").toString(),
                "--out",
                out.toString());
        assertThat(predict.exitCode()).as(predict.output()).isZero();
        assertThat(new String(Files.readAllBytes(out), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("element vertex 400", "intensity_input");
    }

    private static byte[] scan(int seed) {
        Random random = new Random(seed);
        ByteBuffer bytes = ByteBuffer.allocate(400 * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 400; i++) {
            float z = random.nextFloat();
            bytes.putFloat(5 * random.nextFloat())
                    .putFloat(5 * random.nextFloat())
                    .putFloat(z)
                    .putFloat(0.5f * z);
        }
        return bytes.array();
    }

    @Test
    void aCutScanNamesFileAndRule() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(PLUGIN.at("cut"));
        Files.write(folder.resolve("a.bin"), new byte[17]);
        ThirdPartyBuild.Outcome run = PLUGIN.csc(
                "run",
                PLUGIN.at("source/scans.yaml").toString(),
                "--runs",
                PLUGIN.at("runs-cut").toString(),
                "--set",
                "train.data.path=" + folder,
                "--set",
                "eval.data.path=" + folder);
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("a.bin: has 17 bytes, which is no whole number of points of 16 bytes");
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItRuns() throws IOException, InterruptedException {
        ThirdPartyBuild.Outcome run = PLUGIN.csc(
                "validate",
                PLUGIN.at("source/heights.yaml").toString(),
                "--set",
                "train.task.target=moisture",
                "--set",
                "train.inputs=[intensity, rain]");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output())
                .contains("learns from point attribute 'moisture', the data 'landscapes' has none")
                .contains("the network is told 'rain'")
                .contains("they have elevation, intensity")
                .contains("takes point-values 'elevation', the task 'height-regression' gives point-values 'moisture'");
    }
}
