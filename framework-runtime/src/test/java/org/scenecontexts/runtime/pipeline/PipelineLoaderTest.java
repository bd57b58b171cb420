package org.scenecontexts.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.ProblemReport;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.config.Toys;

class PipelineLoaderTest {

    private static final String GOOD = """
        name: quick
        seed: 7
        defaults: { inputs: [height], optimizer: {lr: 0.2} }
        stages:
          - id: pretrain
            train:
              data: {type: toy-rooms, scenes: 4}
              backbone: toy-unet
              task: toy-semseg
              iterations: 10
          - id: semseg
            train:
              init: ${pretrain}
              data: {type: toy-rooms, scenes: 8}
              transforms: [toy-flip, {type: toy-flip, probability: 1}]
              backbone: {type: toy-unet, width: 0.25}
              task: toy-semseg
              optimizer: {weight-decay: 0}
              iterations: 20
              validation: {data: {type: toy-rooms, scenes: 1}, benchmark: toy-iou}
          - id: eval
            evaluate:
              model: ${semseg.best}
              data: {type: toy-rooms, scenes: 2, folder: ${env:DATA}/rooms}
              benchmark: toy-iou
        """;

    /** One of each mistake that the issue lists; line numbers are asserted below. */
    private static final String EIGHT_MISTAKES = """
        name: broken
        stages:
          - id: semseg
            train:
              data: {type: toy-rooms, scenes: 4}
              backbone: {type: toy-unte, width: 0.25}
              task: toy-semseg
              iterations: 10
              checkpoint-evry: 5
              batch: two
          - id: semseg
            train:
              init: ${semsge}
              data: {type: toy-rooms, scenes: 0}
              backbone: {type: toy-unet, bias: False,
              }
              task: toy-semseg
          - id: eval
            evaluate:
              model: ${semseg}
              data: {type: toy-rooms, scenes: 4}
              benchmark: toy-iou
              export: False,
        """;

    private static PipelineLoader.Result load(String yaml, String... overrides) {
        return new PipelineLoader(Toys.all(), Map.of("DATA", "/data"))
                .load(SourceText.of("test.yaml", yaml), List.of(overrides));
    }

    private static Pipeline good(String... overrides) {
        PipelineLoader.Result result = load(GOOD, overrides);
        assertThat(result.problems())
                .as(ProblemReport.render(result.problems()))
                .isEmpty();
        return result.orThrow();
    }

    private static TrainStage train(Pipeline pipeline, String id) {
        return (TrainStage) pipeline.stage(id).orElseThrow().config();
    }

    private static Toys.Sgd.Config sgd(Pipeline pipeline, String id) {
        return (Toys.Sgd.Config) train(pipeline, id).optimizer().config();
    }

    @Test
    void loadsStagesInOrderWithTheirReferences() {
        Pipeline pipeline = good();
        assertThat(pipeline.name()).isEqualTo("quick");
        assertThat(pipeline.stages()).extracting(Stage::id).containsExactly("pretrain", "semseg", "eval");
        assertThat(pipeline.stages()).extracting(Stage::seed).containsOnly(7L);
        assertThat(train(pipeline, "semseg").init())
                .contains(new ModelRef.OfStage("pretrain", ModelRef.Checkpoint.LAST));
        assertThat(pipeline.stage("eval").orElseThrow().config().models())
                .containsExactly(new ModelRef.OfStage("semseg", ModelRef.Checkpoint.BEST));
        assertThat(train(pipeline, "semseg").transforms()).hasSize(2);
    }

    @Test
    void mergesDefaultsBelowTheKeysOfStagesThatHaveThem() {
        Pipeline pipeline = good();
        assertThat(train(pipeline, "pretrain").inputs()).hasToString("[HEIGHT]");
        assertThat(sgd(pipeline, "semseg")).isEqualTo(new Toys.Sgd.Config(0.2, 0));
        assertThat(sgd(pipeline, "pretrain")).isEqualTo(new Toys.Sgd.Config(0.2, 1e-4));
    }

    @Test
    void putsEnvironmentVariablesIn() {
        EvaluateStage eval = (EvaluateStage) good().stage("eval").orElseThrow().config();
        assertThat(((Toys.Rooms.Config) eval.data().config()).folder().orElseThrow())
                .hasToString("/data/rooms");
    }

    @Test
    void reportsAnEnvironmentVariableThatIsNotSetUnlessThereIsADefault() {
        PipelineLoader.Result result = load(GOOD.replace("${env:DATA}", "${env:DTAA}"));
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("the environment variable 'DTAA' is not set");
            assertThat(problem.suggestion().orElseThrow()).contains("did you mean 'DATA'?");
        });
        assertThat(load(GOOD.replace("${env:DATA}", "${env:DTAA:here}")).problems())
                .isEmpty();
    }

    @Test
    void appliesOverridesByStageIdTopLevelKeyAndListItem() {
        Pipeline pipeline = good(
                "seed=9",
                "semseg.iterations=33",
                "stages.pretrain.train.optimizer.lr=0.5",
                "semseg.transforms[1].probability=.25",
                "pretrain.backbone.width=2",
                "defaults.log-every=3");
        assertThat(pipeline.seed()).isEqualTo(9);
        assertThat(train(pipeline, "semseg").iterations()).contains(33);
        assertThat(sgd(pipeline, "pretrain").lr()).isEqualTo(0.5);
        assertThat(train(pipeline, "semseg").transforms().get(1).config()).isEqualTo(new Toys.Flip.Config(0.25));
        assertThat(train(pipeline, "pretrain").backbone().config()).isEqualTo(new Toys.Unet.Config(2, false));
        assertThat(train(pipeline, "pretrain").logEvery()).isEqualTo(3);
    }

    @Test
    void reportsMistakesInOverridesAtTheirPlace() {
        PipelineLoader.Result result =
                load(GOOD, "semsge.iterations=3", "semseg.iterations=many", "semseg.itertions=3", "seed");
        assertThat(result.problems())
                .extracting(problem -> problem.position().orElseThrow() + " " + problem.message())
                .containsExactly(
                        "--set #1:1:1 there is no stage 'semsge' to set a key of",
                        "--set #2:1:19 expected a whole number, found the text \"many\"",
                        "--set #3:1:1 unknown key 'itertions'",
                        "--set #4:1:1 expected path=value, found \"seed\"");
    }

    @Test
    void reportsAllOfEightMistakesWithPlaceAndNearestName() {
        PipelineLoader.Result result = load(EIGHT_MISTAKES);
        assertThat(result.pipeline()).isEmpty();
        assertThat(result.problems())
                .as(ProblemReport.render(result.problems()))
                .extracting(problem -> problem.position().orElseThrow() + " " + problem.message())
                .containsExactly(
                        "test.yaml:6:24 unknown backbone 'toy-unte'",
                        "test.yaml:9:7 unknown key 'checkpoint-evry'",
                        "test.yaml:10:14 expected a whole number, found the text \"two\"",
                        "test.yaml:11:9 two stages have the id 'semseg'; the first is in line 3",
                        "test.yaml:12:5 the key 'iterations' is missing; expected a whole number, or 'epochs' instead",
                        "test.yaml:13:13 there is no stage 'semsge' to refer to",
                        "test.yaml:14:39 the value 0 is out of range: it must be at least 1",
                        "test.yaml:23:15 expected true or false, found the text \"False,\"");
        assertThat(result.problems())
                .extracting(problem -> problem.suggestion().orElse(""))
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("did you mean 'toy-unet' (plugin 'toy-nets')?"),
                        text -> assertThat(text).startsWith("did you mean 'checkpoint-every'?"),
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text).contains("'semseg-2'"),
                        text -> assertThat(text).startsWith("add 'iterations: ...'"),
                        text -> assertThat(text).startsWith("did you mean 'semseg'?"),
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text).startsWith("remove the trailing comma"));
    }

    @Test
    void refusesAReferenceToALaterStageToAnEvaluationAndToABestThatIsNotMeasured() {
        String yaml = GOOD.replace("init: ${pretrain}", "init: ${eval}");
        assertThat(load(yaml).problems())
                .extracting(Problem::message)
                .containsExactly("stage 'eval' does not come before" + " this one");
        assertThat(load(GOOD.replace("${pretrain}", "${pretrain.best}")).problems())
                .extracting(Problem::message)
                .containsExactly(
                        "stage 'pretrain' has no 'validation', so no checkpoint of it is known to be the best");
        String more = GOOD + "  - id: again\n    evaluate: {model: \"${eval}\", data: {type: toy-rooms, scenes: 1},"
                + " benchmark: toy-iou}\n";
        assertThat(load(more).problems())
                .extracting(Problem::message)
                .containsExactly("stage 'eval' is an 'evaluate' stage and makes no model");
    }

    @Test
    void refusesAReferenceWhereNoModelIsWanted() {
        assertThat(load(GOOD.replace("${env:DATA}/rooms", "${pretrain}")).problems())
                .extracting(Problem::message)
                .containsExactly("a reference to a stage cannot stand here, found the text \"${pretrain}\"");
    }

    @Test
    void refusesThisForTheNetworkOfBareWeightsToo() {
        String yaml = """
            stages:
              - id: eval
                evaluate:
                  model: published.pth
                  network: {backbone: toy-unet, task: toy-detection}
                  data: {type: toy-rooms, scenes: 2}
                  benchmark: toy-iou
            """;
        assertThat(load(yaml).problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("needs grid"));
        assertThat(load(yaml.replace("toy-unet", "toy-points")).problems())
                .extracting(Problem::message)
                .noneMatch(message -> message.contains("needs grid"));
    }

    @Test
    void refusesABackboneThatDoesNotGiveWhatTheTaskNeeds() {
        String yaml = GOOD.replace("task: toy-semseg", "task: toy-detection");
        assertThat(load(yaml).problems())
                .extracting(Problem::message)
                .filteredOn(message -> message.contains("needs grid"))
                .hasSize(2);
        assertThat(load(yaml.replaceAll("backbone: .*", "backbone: toy-points")).problems())
                .extracting(Problem::message)
                .noneMatch(message -> message.contains("needs grid"));
    }

    @Test
    void repeatsOnlyTheStagesThatAnAxisOfTheMatrixConcerns() {
        String yaml = GOOD.replace("seed: 7", "matrix: {width: [0.25, 0.5], steps: {short: 5, long: 50}}")
                .replace("width: 0.25}\n", "width: ${matrix.width}}\n");
        Pipeline pipeline = load(yaml.replace("iterations: 20", "iterations: ${matrix.steps}"))
                .orThrow();
        assertThat(pipeline.stages())
                .extracting(Stage::id)
                .containsExactly(
                        "pretrain",
                        "semseg@width=0.25,steps=short",
                        "semseg@width=0.25,steps=long",
                        "semseg@width=0.5,steps=short",
                        "semseg@width=0.5,steps=long",
                        "eval@width=0.25,steps=short",
                        "eval@width=0.25,steps=long",
                        "eval@width=0.5,steps=short",
                        "eval@width=0.5,steps=long");
        assertThat(train(pipeline, "semseg@width=0.5,steps=long").iterations()).contains(50);
        assertThat(pipeline.stages().getLast().config().models())
                .containsExactly(new ModelRef.OfStage("semseg@width=0.5,steps=long", ModelRef.Checkpoint.BEST));
    }

    @Test
    void sharesTheCellsWhoseValuesDoNotNeedAnAxis() {
        String matrix = "seed: 7\nmatrix: {size: [0.25, 0.5], net: {fixed: 0.75, scaled: '${matrix.size}'}}";
        Pipeline pipeline = load(GOOD.replace("seed: 7", matrix).replace("width: 0.25}\n", "width: ${matrix.net}}\n"))
                .orThrow();
        assertThat(pipeline.stages())
                .extracting(Stage::id)
                .containsExactly(
                        "pretrain",
                        "semseg@net=fixed",
                        "semseg@size=0.25,net=scaled",
                        "semseg@size=0.5,net=scaled",
                        "eval@net=fixed",
                        "eval@size=0.25,net=scaled",
                        "eval@size=0.5,net=scaled");
        assertThat(train(pipeline, "semseg@size=0.5,net=scaled").backbone().config())
                .hasToString(train(pipeline, "semseg@size=0.5,net=scaled")
                        .backbone()
                        .config()
                        .toString()
                        .replace("0.75", "0.5"));
    }

    @Test
    void aStartFromScratchIsSharedByThePretrainingsThatItDoesNotNeed() {
        String yaml = GOOD.replace(
                        "seed: 7", "seed: 7\nmatrix: {steps: [5, 50], start: {scratch: ~, pretrained: '${pretrain}'}}")
                .replace("iterations: 10", "iterations: ${matrix.steps}")
                .replace("init: ${pretrain}", "init: ${matrix.start}");
        Pipeline pipeline = load(yaml).orThrow();
        assertThat(pipeline.stages())
                .extracting(Stage::id)
                .containsExactly(
                        "pretrain@steps=5",
                        "pretrain@steps=50",
                        "semseg@start=scratch",
                        "semseg@steps=5,start=pretrained",
                        "semseg@steps=50,start=pretrained",
                        "eval@start=scratch",
                        "eval@steps=5,start=pretrained",
                        "eval@steps=50,start=pretrained");
        assertThat(train(pipeline, "semseg@steps=50,start=pretrained").init())
                .contains(new ModelRef.OfStage("pretrain@steps=50", ModelRef.Checkpoint.LAST));
        assertThat(train(pipeline, "semseg@start=scratch").init()).isEmpty();
    }

    @Test
    void reportsAnAxisThatTheMatrixDoesNotHave() {
        String yaml = GOOD.replace("seed: 7", "seed: ${matrix.sed}\nmatrix: {seed: [1, 2]}");
        assertThat(load(yaml).problems())
                .filteredOn(problem -> problem.message().equals("the matrix has no axis 'sed'"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.suggestion().orElseThrow()).startsWith("did you mean 'seed'?"));
    }

    @Test
    void writesAPipelineThatLoadsToTheSamePipeline() {
        Pipeline pipeline = good();
        String written = PipelineWriter.yaml(pipeline);
        PipelineLoader.Result again = load(written);
        assertThat(again.problems()).as(written).isEmpty();
        assertThat(PipelineWriter.yaml(again.orThrow())).isEqualTo(written);
        assertThat(again.orThrow().stages())
                .extracting(stage -> stage.config().toString().replaceAll("@[0-9a-f]+", ""))
                .isEqualTo(pipeline.stages().stream()
                        .map(stage -> stage.config().toString().replaceAll("@[0-9a-f]+", ""))
                        .toList());
    }

    @Test
    void refusesADocumentWithoutStages() {
        assertThat(load("name: x").problems())
                .extracting(Problem::message)
                .containsExactly("the key 'stages' must be a list with at least one stage");
        assertThat(load("[]").problems()).hasSize(1);
        assertThat(load("stages: [{id: a}]").problems())
                .extracting(Problem::message)
                .containsExactly("a stage has exactly one of " + String.join(", ", StageKind.keys()) + "; found none");
    }
}
