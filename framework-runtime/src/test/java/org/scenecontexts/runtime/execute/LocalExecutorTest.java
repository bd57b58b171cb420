package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.runtime.checkpoint.Checkpoint;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.PipelineExecutor;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Colours;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Extras;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.PredictRequest;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunResult;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.RunFolder;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;

class LocalExecutorTest {

    @TempDir
    Path runs;

    private int loads(String yaml, boolean fresh, String... overrides) {
        AtomicInteger loads = new AtomicInteger();
        Toys.run(runs, yaml, index -> loads.incrementAndGet(), 1, fresh, overrides);
        return loads.get();
    }

    private StageFolder stage(String id) {
        return new StageFolder(runs.resolve("toys").resolve(id));
    }

    @Test
    void trainsMeasuresAndPredictsAndTellsWhereEverythingIs() {
        RunResult result = Toys.run(runs, Toys.ALL);

        assertThat(runs.resolve("toys/pipeline.yaml")).isNotEmptyFile();
        assertThat(Json.read(runs.resolve("toys/environment.json")).orElseThrow())
                .containsKeys("java", "cpu", "plugins");
        assertThat(stage("learn").last()).isNotEmptyFile();
        assertThat(stage("learn").best()).isNotEmptyFile();
        assertThat(stage("learn").log()).content().contains("validation: accuracy");
        assertThat(stage("learn").events()).isNotEmptyDirectory();
        assertThat(Json.read(stage("measure").metrics()).orElseThrow())
                .containsKeys("accuracy", "loss", "seconds", "peak_memory_bytes");
        assertThat(stage("measure").reports().resolve("points.csv")).content().contains("\"right, of all\",");
        assertThat(stage("measure").reports().resolve("points.md")).content().contains("| right, of all |");
        assertThat(result.lines()).anyMatch(line -> line.contains("last.safetensors"));
        assertThat(result.lines()).anyMatch(line -> line.startsWith("measure: accuracy"));
    }

    @Test
    void predictionsHaveEveryOriginalPoint() {
        Toys.run(runs, Toys.ALL);
        PointCloud cloud = CloudFiles.read(stage("apply").predictions().resolve("toy-1.ply"));
        assertThat(cloud.size()).isEqualTo(60);
        assertThat(cloud.names()).contains("x", "y", "z", "red", "label", "confidence", "label_true", "scan_red");
        NpArray scores = Npy.read(stage("apply").predictions().resolve("toy-1.npy"));
        assertThat(scores.shape()).containsExactly(60, 2);
        int[] labels = cloud.column("label").values().ints();
        for (int i = 0; i < labels.length; i++) {
            assertThat(scores.floats()[2 * i + labels[i]])
                    .isGreaterThanOrEqualTo(scores.floats()[2 * i + 1 - labels[i]]);
        }
    }

    @Test
    void aFinishedRunIsNotRunAgain() {
        assertThat(loads(Toys.ALL, false)).isPositive();
        assertThat(loads(Toys.ALL, false)).isZero();
    }

    @Test
    void whatDoesNotChangeResultsDoesNotMakeAStageRunAgain() {
        loads(Toys.TRAIN, false);
        assertThat(loads(
                        Toys.TRAIN,
                        false,
                        "stages.learn.workers=1",
                        "stages.learn.threads=2",
                        "stages.learn.log-every=1"))
                .isZero();
    }

    @Test
    void logAndEnvironmentSayHowManyThreadsPreparedSamples() throws IOException {
        Toys.run(runs, Toys.ALL, "stages.apply.tta={flips: true}");
        assertThat(Files.readString(stage("learn").log()))
                .containsOnlyOnce("learn: 2 threads prepare samples ahead, as 'workers' says");
        assertThat(environment("learn")).containsEntry("workers", 2);
        assertThat(Files.readString(stage("measure").log()))
                .containsOnlyOnce("measure: 1 thread prepares samples ahead, since the cores are busy");
        assertThat(environment("measure")).containsEntry("workers", 1);
        assertThat(Files.readString(stage("apply").log())).doesNotContain("samples ahead");
        assertThat(environment("apply")).containsKey("threads").doesNotContainKey("workers");
    }

    private Map<String, Object> environment(String id) {
        return Json.read(stage(id).environments().getFirst()).orElseThrow();
    }

    @Test
    void aChangedStageAndThoseAfterItRunAgainAndTheOldFilesAreKept() throws IOException {
        Toys.run(runs, Toys.ALL);
        byte[] before = Files.readAllBytes(stage("learn").last());
        loads(Toys.ALL, false, "stages.learn.optimizer.lr=0.1");
        assertThat(runs.resolve("toys/.replaced/1/learn/checkpoints/last.safetensors"))
                .hasBinaryContent(before);
        assertThat(Files.readAllBytes(stage("learn").last())).isNotEqualTo(before);
        assertThat(runs.resolve("toys/.replaced/1/measure/metrics.json")).exists();
    }

    @Test
    void aChangedLaterStageLeavesTheEarlierOnesAlone() {
        Toys.run(runs, Toys.ALL);
        assertThat(loads(Toys.ALL, false, "stages.measure.data.scenes=3")).isEqualTo(3);
    }

    @Test
    void freshRunsEverythingAgain() {
        int first = loads(Toys.ALL, false);
        assertThat(loads(Toys.ALL, true)).isEqualTo(first);
    }

    @Test
    void aRunFolderServesOneRunAtATime() {
        try (RunFolder held = RunFolder.open(runs, "toys")) {
            assertThatThrownBy(() -> Toys.run(runs, Toys.TRAIN))
                    .isInstanceOf(StageFailedException.class)
                    .hasMessageContaining("another run")
                    .hasMessageContaining("--runs");
            assertThat(held.path()).exists();
        }
        Toys.run(runs, Toys.TRAIN, "stages.learn.iterations=1");
    }

    @Test
    void aCheckpointTellsWhatItNeedsToBeUsedAndNothingAboutTheMachine() {
        Toys.run(runs, Toys.TRAIN);
        try (Checkpoint checkpoint = Checkpoint.open(stage("learn").last())) {
            Map<String, String> metadata = checkpoint.metadata();
            assertThat(metadata).containsEntry("toy-key", "toy value").containsEntry("csc.iteration", "23");
            assertThat(metadata.get("csc.model")).contains("toy-backbone").contains("width: 8");
            assertThat(metadata.get("csc.classes")).contains("dark", "bright");
            assertThat(metadata.get("csc.plugins")).contains("toys 1.0");
            assertThat(String.join("\n", metadata.values()))
                    .doesNotContain(runs.toString())
                    .doesNotContain("threads")
                    .doesNotContain("workers");
        }
    }

    @Test
    void anUnusableNumberStopsTrainingAndSaysWhereItCameFrom() {
        assertThatThrownBy(() -> Toys.run(runs, Toys.TRAIN, "stages.learn.data.poisoned=3"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("'learn'")
                .hasMessageContaining("the loss is NaN")
                .hasMessageContaining("'toy-3'")
                .hasMessageContaining("inputs hold values that are not finite")
                .hasMessageNotContaining("learning rate");
    }

    @Test
    void aDivergingTrainingNamesParametersAndARemedy() {
        assertThatThrownBy(() -> Toys.run(
                        runs,
                        Toys.TRAIN,
                        "stages.learn.optimizer.lr=1e38",
                        "stages.learn.hooks=[{type: clip-gradients, norm: 1e30}]"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("stopped at iteration")
                .hasMessageContaining("try a tenth of it")
                .hasMessageMatching("(?s).*(parameter|gradients|loss).*");
    }

    @Test
    void gradientsThatAreNotFiniteAreNamedFromInputToLoss() {
        assertThatThrownBy(() -> Toys.run(runs, Toys.TRAIN, "stages.learn.task.exploding=true"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("stopped at iteration 1: gradients are not finite")
                .hasMessageContaining("first in the network at '0.weight'")
                .hasMessageContaining("nearest to the loss at 'final.bias'");
    }

    @Test
    void aSceneWithoutPointsIsNamed() {
        assertThatThrownBy(() -> Toys.run(runs, Toys.TRAIN, "stages.learn.data.empty=2"))
                .hasMessageContaining("'toy-2'")
                .hasMessageContaining("no point with a finite position");
    }

    @Test
    void aCloudKeepsItsPointsOrderAndFieldsWhenLabelled() {
        Toys.run(runs, Toys.TRAIN);
        int n = 50;
        float[] x = new float[n];
        float[] red = new float[n];
        int[] own = new int[n];
        for (int i = 0; i < n; i++) {
            x[i] = i == 7 ? Float.NaN : i * 0.05f;
            red[i] = i % 2 == 0 ? 20 : 230;
            own[i] = 1000 - i;
        }
        PointCloud cloud = PointCloud.of(
                "test",
                Column.of("x", x),
                Column.of("y", new float[n]),
                Column.of("z", x),
                Column.of("red", red),
                Column.of("green", red),
                Column.of("blue", red),
                Column.of("label", own),
                Column.of("extra", own));
        Path in = runs.resolve("in.ply");
        Path out = runs.resolve("out.ply");
        Path logits = runs.resolve("out.npy");
        CloudFiles.write(in, cloud);

        new LocalExecutor()
                .predict(
                        new PredictRequest(
                                stage("learn").path(),
                                in,
                                out,
                                new Extras(Optional.of(logits), Optional.empty(), Colours.OWN),
                                PipelineExecutor.Frame.USUAL),
                        new RunOptions(Toys.catalog(index -> {}), runs, false, OptionalInt.of(2)));

        PointCloud labelled = CloudFiles.read(out);
        assertThat(labelled.names())
                .containsExactly("x", "y", "z", "red", "green", "blue", "label_input", "extra", "label", "confidence");
        assertThat(labelled.column("x").values().floats()).containsExactly(x);
        assertThat(labelled.column("extra").values().ints()).containsExactly(own);
        assertThat(labelled.column("label_input").values().ints()).containsExactly(own);
        int[] labels = labelled.column("label").values().ints();
        float[] confidence = labelled.column("confidence").values().floats();
        assertThat(labels[7]).isEqualTo(-1);
        assertThat(confidence[7]).isZero();
        assertThat(labels[0]).isZero();
        assertThat(labels[1]).isEqualTo(1);
        float[] scores = Npy.read(logits).floats();
        assertThat(scores).hasSize(2 * n);
        assertThat(scores[14]).isNaN();
        assertThat(scores[3]).isGreaterThan(scores[2]);
    }

    @Test
    void initTakesOverWhatFitsAndNamesTheRest() {
        Toys.run(runs, Toys.TRAIN);
        String file = stage("learn").last().toString();
        String second =
                Toys.TRAIN.replace("name: toys", "name: second").replace("batch: 2", "batch: 2\n      init: " + file);
        Toys.run(runs, second, "stages.learn.backbone.width=12");
        assertThat(runs.resolve("second/learn/log.txt"))
                .content()
                .contains("starts from " + file)
                .contains("shapes differ: ")
                .contains("0.weight ([8, 3] in the file, [12, 3] in the model)");
    }
}
