package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunResult;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;

/** Stages that come to nothing are not finished, and say what they lacked; what is lacking in part is said and left out. */
class HopelessStagesTest {

    @TempDir
    Path runs;

    private static final String TRAIN = """
            name: toys
            seed: 5
            stages:
              - id: learn
                train:
                  data: toy-data
                  backbone: {type: toy-backbone, points: 0}
                  task: toy-task
                  optimizer: {type: sgd, lr: 0.2, momentum: 0.9, dampening: 0}
                  iterations: 14
            """;

    private static final String MEASURED = TRAIN + """
              - id: measure
                evaluate: {model: "${learn}", data: toy-data, benchmark: toy-accuracy}
            """;

    private StageFolder stage(String id) {
        return new StageFolder(runs.resolve("toys").resolve(id));
    }

    private List<String> warnings(String id, String about) throws IOException {
        return Files.readAllLines(stage(id).log()).stream()
                .filter(line -> line.contains(about))
                .toList();
    }

    private void assertNotFinished(String id) {
        assertThat(stage(id).metrics()).doesNotExist();
        assertThat(stage(id).last()).doesNotExist();
        assertThat(stage(id).status().finished()).isFalse();
    }

    @Test
    void aTrainingWithoutOneLabelledPointStopsAtItsFirstBatchAndNamesFilesAndMap() {
        AtomicInteger loads = new AtomicInteger();
        assertThatThrownBy(() -> Toys.run(
                        runs,
                        TRAIN,
                        index -> loads.incrementAndGet(),
                        1,
                        false,
                        "stages.learn.data.labelled=false",
                        "stages.learn.iterations=1000"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("stage 'learn'")
                .hasMessageContaining("the training data has no labelled point: all labels of its 7 scene(s)")
                .hasMessageContaining("toy-0, toy-1, toy-2, ...")
                .hasMessageContaining("toys/*.toy, label-field 'kind'");
        assertThat(loads.get()).isLessThan(12);
        assertNotFinished("learn");
    }

    @Test
    void validationDataWithoutLabelsIsFoundAfterTheFirstStep() {
        String yaml = TRAIN
                + "      validation: {data: {type: toy-data, labelled: false},"
                + " benchmark: {type: toy-accuracy, strict: true}, every: 10}\n";
        assertThatThrownBy(() -> Toys.run(runs, yaml, "stages.learn.log-every=1"))
                .hasMessageContaining("the validation data has no labelled point");
        assertThat(stage("learn").metricLines()).content().hasLineCount(1);
    }

    @Test
    void anEvaluationWithoutLabelsIsRefusedUnlessItExports() {
        String yaml = TRAIN + """
                  - id: measure
                    evaluate:
                      model: ${learn}
                      data: {type: toy-data, labelled: false}
                      benchmark: {type: toy-accuracy, strict: true}
                """;
        assertThatThrownBy(() -> Toys.run(runs, yaml))
                .hasMessageContaining("stage 'measure'")
                .hasMessageContaining("the data to measure on has no labelled point")
                .hasMessageContaining("label-field 'kind'");
        assertNotFinished("measure");
        Toys.run(runs, yaml, "stages.measure.export=true");
    }

    @Test
    void aSceneWithoutColoursIsToldOnceAndWhereNoneHasThemTheTrainingStops() throws IOException {
        Toys.run(runs, TRAIN, "stages.learn.data.coloured-from=2");
        assertThat(warnings("learn", "has no colours, but 'inputs' names them")).hasSize(2);
        assertThat(warnings("learn", "toy-1: has no colours")).hasSize(1);

        assertThatThrownBy(() -> Toys.run(runs, TRAIN, "stages.learn.data.coloured-from=7"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("none of the 7 scenes has colours, but the network is told [colour]")
                .hasMessageContaining("take 'colour' out of 'inputs'");
        assertNotFinished("learn");
    }

    @Test
    void measuringScenesWithoutTheModelsInputsWarnsOrStopsToo() throws IOException {
        Toys.run(runs, MEASURED, "stages.measure.data.coloured-from=1");
        assertThat(warnings("measure", "toy-0: has no colours, but the model was trained with them"))
                .hasSize(1);
        assertThatThrownBy(() -> Toys.run(runs, MEASURED, "stages.measure.data.coloured-from=7"))
                .hasMessageContaining("none of the 7 scenes has colours");
    }

    @Test
    void aSceneThatIsTooSmallIsNamedAndLeftOut() throws IOException {
        Toys.run(runs, TRAIN, "stages.learn.data.large-from=1");
        assertThat(warnings("learn", "'toy-0': left out, too small to train on (1 rows)"))
                .hasSize(1);
        assertThat(stage("learn").last()).exists();
    }

    @Test
    void whereEverySceneIsTooSmallTheTrainingStops() {
        assertThatThrownBy(() -> Toys.run(runs, TRAIN, "stages.learn.data.large-from=7"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("nothing was learnt from any of the 7 examples (toys/*.toy")
                .hasMessageContaining("batch norm needs at least 2 rows");
        assertNotFinished("learn");
    }

    @Test
    void aTrainingThatEndsBeforeAnythingWasLearntIsNotFinished() {
        assertThatThrownBy(() -> Toys.run(runs, TRAIN, "stages.learn.data.large-from=7", "stages.learn.iterations=2"))
                .hasMessageContaining("nothing was learnt");
        assertNotFinished("learn");
    }

    @Test
    void theLossOnHeldOutDataCanChooseTheBestCheckpoint() {
        String yaml = TRAIN + "      validation: {data: {type: toy-data, chance: 2}, every: 4}\n";
        Toys.run(runs, yaml);
        assertThat(Json.read(stage("learn").metrics()).orElseThrow())
                .containsKeys("validation_loss", "counted", "best_loss", "best_iteration");
        assertThat(stage("learn").best()).exists();
        double best =
                ((Number) Json.read(stage("learn").metrics()).orElseThrow().get("best_loss")).doubleValue();
        double last =
                ((Number) Json.read(stage("learn").metrics()).orElseThrow().get("validation_loss")).doubleValue();
        assertThat(best).isLessThanOrEqualTo(last);
    }

    /** Every second scene: the mean over the others would look like a good loss. */
    @Test
    void anEvaluationOfALossThatIsNoNumberIsRefused() {
        String yaml = TRAIN + "  - id: measure\n    evaluate: {model: \"${learn}\", data: toy-data}\n";
        assertThatThrownBy(() -> Toys.run(runs, yaml, "stages.learn.task.lost=true"))
                .hasMessageContaining("scene 'toy-1': the loss is NaN where a finite number is expected")
                .hasMessageContaining("take an earlier checkpoint");
        assertNotFinished("measure");
    }

    @Test
    void besideABenchmarkALossThatIsNoNumberIsSaidOnceAndIsNoMeanOfTheOthers() throws IOException {
        Toys.run(runs, MEASURED, "stages.learn.task.lost=true");
        assertThat(warnings("measure", "the loss is NaN where a finite number is expected"))
                .hasSize(1);
        assertThat(Json.read(stage("measure").metrics()).orElseThrow())
                .containsEntry("loss", null)
                .containsKey("accuracy");
    }

    @Test
    void aLayerThatIsInNoModuleIsFoundAtTheFirstStep() {
        assertThatThrownBy(() -> Toys.run(runs, TRAIN, "stages.learn.task.loose=true"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("the loss depends on 2 trained tensor(s), of shape ")
                .hasMessageContaining("[8, 8]")
                .hasMessageContaining("task 'toy-task' of plugin 'toys' 1.0")
                .hasMessageContaining("register them with parameter(...)");
    }

    @Test
    void aBackwardPassThatFailsNamesOperatorAndPlugin() {
        assertThatThrownBy(() -> Toys.run(runs, TRAIN, "stages.learn.task.brittle=true"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("backward pass of the operator 'Brittle' (output Tensor[1]")
                .hasMessageContaining("Index 7 out of bounds for length 7")
                .hasMessageContaining("ToyTask$Brittle")
                .hasMessageContaining("task 'toy-task' of plugin 'toys' 1.0")
                .hasMessageContaining("--stacktrace shows where");
    }

    @Test
    void aMissingClassOrAnEndlessRecursionInOneCellDoesNotStopTheOthers() {
        String yaml = """
                name: toys
                matrix: {scenes: [3, 4]}
                stages:
                  - id: learn
                    train:
                      data: {type: toy-data, scenes: "${matrix.scenes}"}
                      backbone: toy-backbone
                      task: toy-task
                      optimizer: {type: sgd, lr: 0.2}
                      iterations: 8
                """;
        for (Error error : List.of(new NoClassDefFoundError("com/acme/Tree"), new StackOverflowError())) {
            RunResult result = Toys.run(
                    runs,
                    yaml,
                    index -> {
                        if (index == 3) {
                            throw error;
                        }
                    },
                    1,
                    true);
            assertThat(result.failed()).containsOnlyKeys("learn@scenes=4");
            assertThat(result.failed().get("learn@scenes=4"))
                    .contains("data set 'toy-data' of plugin 'toys' 1.0")
                    .contains(error instanceof LinkageError ? "com.acme.Tree, which is missing" : "never ends");
        }
    }
}
