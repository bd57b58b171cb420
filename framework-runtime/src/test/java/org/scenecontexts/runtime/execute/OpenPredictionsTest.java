package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        Path out = runs.resolve("out.ply");
        PredictResult result = new LocalExecutor()
                .predict(
                        new PredictRequest(
                                stage("learn"),
                                in,
                                out,
                                new Extras(Optional.empty(), Optional.empty(), Colours.OWN),
                                PipelineExecutor.Frame.USUAL),
                        new RunOptions(Toys.catalog(index -> {}), runs, false, OptionalInt.of(1)));
        PointCloud told = CloudFiles.read(out);
        assertThat(told.names()).containsExactly("x", "y", "z", "red", "green", "blue", "brightness");
        assertThat(told.column("brightness").values().floats()[1]).isNaN();
        assertThat(told.column("brightness").values().floats()[2]).isFinite();
        assertThat(result.points()).isEmpty();
        assertThat(result.document()).contains(runs.resolve("out.json"));
        assertThat(runs.resolve("out.json")).content().contains("mean-brightness");
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
