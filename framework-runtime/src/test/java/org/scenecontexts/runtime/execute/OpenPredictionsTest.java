package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Exporter;
import org.scenecontexts.api.metrics.ExporterFactory;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.PipelineExecutor;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Colours;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Extras;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.PredictRequest;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.PredictResult;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.toy.Toys;

/** Tasks that give no classes to points are trained, measured and applied like any other. */
class OpenPredictionsTest {

    private static final String TRAIN = """
        name: toys
        seed: 5
        stages:
          - id: learn
            train:
              data: {type: toy-data, labelled: false}
              backbone: toy-backbone
              task: {type: toy-brightness%s}
              optimizer: {type: sgd, lr: 0.2}
              iterations: 8
              validation: {data: {type: toy-data, labelled: false, chance: 2}, every: 4}
        """;

    @TempDir
    Path runs;

    private Path stage(String id) {
        return runs.resolve("toys").resolve(id);
    }

    private PredictResult predict(Path in) {
        return new LocalExecutor()
                .predict(
                        new PredictRequest(
                                stage("learn"),
                                in,
                                runs.resolve("out.ply"),
                                new Extras(Optional.empty(), Optional.empty(), Colours.OWN),
                                PipelineExecutor.Frame.USUAL),
                        new RunOptions(Toys.catalog(index -> {}), runs, false, OptionalInt.of(1)));
    }

    private void run(String yaml) {
        Toys.run(runs, yaml);
    }

    @Test
    void theLossIsMeasuredOnDataWithoutLabels() throws IOException {
        run(TRAIN.formatted(""));
        Map<String, Object> metrics = Json.parse(Files.readString(stage("learn").resolve("metrics.json")))
                .orElseThrow();
        assertThat(metrics.toString()).contains("best_loss");
    }

    @Test
    void anEvaluationWithoutBenchmarkMeasuresTheLoss() throws IOException {
        run(TRAIN.formatted("") + """
              - id: measure
                evaluate: {model: "${learn}", data: {type: toy-data, labelled: false, chance: 3}}
            """);
        Map<String, Object> metrics = Json.parse(
                        Files.readString(stage("measure").resolve("metrics.json")))
                .orElseThrow();
        assertThat((Double) metrics.get("loss")).isPositive();
    }

    @Test
    void everyPredictionOfASceneIsWritten() throws IOException {
        run(TRAIN.formatted("") + """
              - id: apply
                predict: {model: "${learn}", data: {type: toy-data, labelled: false, scenes: 1}}
            """);
        PointCloud cloud = CloudFiles.read(stage("apply").resolve("predictions/toy-0.ply"));
        assertThat(cloud.names()).contains("brightness", "red").doesNotContain("label", "confidence", "scan_red");
        String document = Files.readString(stage("apply").resolve("predictions/toy-0.json"));
        Map<String, Object> read = Json.parse(document).orElseThrow();
        float[] brightness = cloud.column("brightness").values().floats();
        double mean = 0;
        for (float value : brightness) {
            mean += value / brightness.length;
        }
        assertThat((Double) ((Map<?, ?>) ((Map<?, ?>) read.get("values")).get("mean-brightness")).get("mean"))
                .isCloseTo(mean, within(1e-6));
        Map<?, ?> box = (Map<?, ?>) ((List<?>) read.get("boxes")).getFirst();
        assertThat(box.get("class")).isEqualTo("bright");
        assertThat(box.get("centre")).isEqualTo(List.of(1.0, 2.0, 3.0));
    }

    @Test
    void oneCloudOfOnesOwnGetsTheValuesAndADocument() {
        run(TRAIN.formatted(""));
        float[] x = {0, Float.NaN, 1, 2};
        float[] red = {0, 0, 255, 128};
        Path in = runs.resolve("in.ply");
        CloudFiles.write(
                in,
                PointCloud.of(
                        "test",
                        Column.of("x", x),
                        Column.of("y", new float[4]),
                        Column.of("z", x),
                        Column.of("red", red),
                        Column.of("green", red),
                        Column.of("blue", red)));
        PredictResult result = predict(in);
        PointCloud told = CloudFiles.read(runs.resolve("out.ply"));
        assertThat(told.names()).containsExactly("x", "y", "z", "red", "green", "blue", "brightness");
        assertThat(told.column("brightness").values().floats()[1]).isNaN();
        assertThat(told.column("brightness").values().floats()[2]).isFinite();
        assertThat(result.points()).isEmpty();
        assertThat(result.document()).contains(runs.resolve("out.json"));
        assertThat(runs.resolve("out.json")).content().contains("mean-brightness");
    }

    @Test
    void anAttributeIsAnInputFromTrainingToOnesOwnCloud() {
        run(TRAIN.formatted("")
                .replace("labelled: false", "labelled: false, warmth: true")
                .replace("lr: 0.2", "lr: 0.05")
                .replace("      backbone", "      inputs: [warmth/255]\n      backbone"));
        float[] x = {0, 1};
        Path in = runs.resolve("in.ply");
        PointCloud bare = PointCloud.of("test", Column.of("x", x), Column.of("y", x), Column.of("z", x));
        CloudFiles.write(in, bare.with(Column.of("warmth", new float[] {100, 150})));
        predict(in);
        float[] told = CloudFiles.read(runs.resolve("out.ply"))
                .column("brightness")
                .values()
                .floats();
        assertThat(told[0]).isNotEqualTo(told[1]);

        CloudFiles.write(in, bare);
        assertThatThrownBy(() -> predict(in))
                .hasMessageContaining("the model is told 'warmth' (1 per point), but the cloud has no such field")
                .hasMessageContaining("[x, y, z]");
    }

    /** Writes one number of the scene. */
    public static final class Means implements ExporterFactory<Means.Config> {
        public record Config() {}

        @Override
        public String name() {
            return "means";
        }

        @Override
        public String summary() {
            return "For tests.";
        }

        @Override
        public Set<Prediction.Part> takes(Config config) {
            return Set.of(Prediction.Part.sceneValues("mean-brightness"));
        }

        @Override
        public Exporter create(Config config, BenchmarkFactory.Context context) {
            return (folder, name, scene, points, prediction) -> AtomicFile.write(
                    folder.resolve(name + ".txt"),
                    out -> out.write((prediction.sceneValues("mean-brightness").values()[0] + " " + scene.size())
                            .getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void anExporterOfAPluginWritesEveryScene() throws IOException {
        Toys.run(runs, TRAIN.formatted("") + """
                          - id: apply
                            predict: {model: "${learn}", data: {type: toy-data, labelled: false, scenes: 2}, export: [means]}
                        """, Toys.catalog(index -> {}, new Means()), 1, false);
        assertThat(Files.readString(stage("apply").resolve("exports/means/toy-1.txt")))
                .endsWith(" 60");
        assertThatThrownBy(() -> Toys.run(
                        runs,
                        TRAIN.formatted("")
                                        .replace("toy-brightness", "toy-task")
                                        .replace("labelled: false", "points: 60")
                                + """
                                  - id: apply
                                    predict: {model: "${learn}", data: toy-data, export: [means]}
                                """,
                        Toys.catalog(index -> {}, new Means()),
                        1,
                        false))
                .hasMessageContaining("the export 'means' takes scene-values 'mean-brightness'");
    }

    @Test
    void aTaskThatGivesSomethingElseThanItSaidIsBlamed() {
        assertThatThrownBy(() -> run(TRAIN.formatted(", lying: true") + """
              - id: apply
                predict: {model: "${learn}", data: {type: toy-data, labelled: false, scenes: 1}}
            """))
                .hasMessageContaining("the task 'toy-brightness' said that it gives")
                .hasMessageContaining("but gave [boxes]");
    }
}
