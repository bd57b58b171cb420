package org.scenecontexts.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.toy.Toys;

/** A pipeline whose data is not what its tasks and benchmarks need is refused when it is read. */
class DataChecksTest {

    private static List<Problem> problems(String data, String task, String more) {
        String yaml = """
            name: toys
            stages:
              - id: learn
                train:
                  data: {type: toy-data, stated: true%s}
                  backbone: toy-backbone
                  task: {type: toy-task%s}
                  optimizer: {type: sgd, lr: 0.1}
                  iterations: 3
            """.formatted(data, task) + more;
        return new PipelineLoader(Toys.catalog(index -> {}), Map.of())
                .load(SourceText.of("toys", yaml), List.of())
                .problems();
    }

    private static String only(List<Problem> problems) {
        assertThat(problems).hasSize(1);
        Problem problem = problems.getFirst();
        return problem.path() + ": " + problem.message() + " | "
                + problem.suggestion().orElse("");
    }

    @Test
    void dataThatFitsIsNotAProblem() {
        assertThat(problems("", "", "")).isEmpty();
    }

    @Test
    void singleScenesForATaskOnPairsAreRefused() {
        assertThat(only(problems("", ", views: 2", "")))
                .startsWith("stages[0].train.data: the task 'toy-task' needs examples of 2 view(s), the data 'toy-data'"
                        + " gives 1")
                .contains("pairs of views");
    }

    @Test
    void dataWithoutLabelsForATaskThatNeedsThemIsRefused() {
        assertThat(only(problems(", labelled: false", "", "")))
                .startsWith(
                        "stages[0].train.data: the task 'toy-task' learns from labels, the data 'toy-data' has none")
                .contains("say which field of the files holds them");
    }

    @Test
    void validationDataMustHaveLabelsViewsAndClassesToo() {
        assertThat(only(problems("", "", """
                  validation:
                    data: {type: toy-data, stated: true, classes: [bright, dark]}
                    benchmark: toy-accuracy
            """)))
                .startsWith(
                        "stages[0].train.validation.data: the data has the classes [bright, dark], the training data"
                                + " has [dark, bright]");
        assertThat(only(problems("", "", """
                  validation:
                    data: {type: toy-data, stated: true, labelled: false}
                    benchmark: {type: toy-accuracy, strict: true}
            """)))
                .contains("the benchmark 'toy-accuracy' compares with labels, the data 'toy-data' has none");
    }

    @Test
    void aBenchmarkForATaskWithoutPredictionsIsRefusedAndTheLossOffered() {
        String validation = "      validation: {data: {type: toy-data, stated: true}, benchmark: toy-accuracy}\n";
        assertThat(only(problems("", ", predicts: false", validation)))
                .startsWith("stages[0].train.validation.benchmark: the task 'toy-task' makes no predictions")
                .contains("leave out 'benchmark': the loss on these scenes is then measured");
        assertThat(problems("", ", predicts: false", validation.replace(", benchmark: toy-accuracy", "")))
                .isEmpty();
    }

    @Test
    void anInputThatTheDataDoesNotHaveNamesThoseThatItHas() {
        assertThat(only(problems(", warmth: true", "", "      inputs: [colour, intensity/255]\n")))
                .startsWith("stages[0].train.inputs: the network is told 'intensity', but points of the data 'toy-data'"
                        + " have no such attribute; they have warmth")
                .contains("colour, normal, height, ones, position");
        assertThat(problems(", warmth: true", "", "      inputs: [warmth/255, position]\n"))
                .isEmpty();
    }

    @Test
    void aBenchmarkForSomethingElseThanTheTaskGivesIsRefused() {
        String validation = "      validation: {data: {type: toy-data, stated: true}, benchmark: toy-accuracy}\n";
        List<Problem> problems = new PipelineLoader(Toys.catalog(index -> {}), Map.of())
                .load(SourceText.of("toys", """
                    name: toys
                    stages:
                      - id: learn
                        train:
                          data: toy-data
                          backbone: toy-backbone
                          task: toy-brightness
                          optimizer: {type: sgd, lr: 0.1}
                          iterations: 3
                    %s  - id: measure
                        evaluate: {model: "${learn}", data: toy-data, benchmark: toy-accuracy}
                      - id: apply
                        predict: {model: "${learn}", data: toy-data, out: [ply, logits]}
                    """.formatted(validation)), List.of())
                .problems();
        assertThat(problems)
                .extracting(Problem::path)
                .containsExactly(
                        "stages[0].train.validation.benchmark",
                        "stages[1].evaluate.benchmark",
                        "stages[2].predict.out");
        assertThat(problems)
                .extracting(Problem::message)
                .allSatisfy(message -> assertThat(message)
                        .contains("toy-brightness")
                        .contains("point-values 'brightness'")
                        .contains("boxes"));
        assertThat(problems.getFirst().message()).startsWith("the benchmark 'toy-accuracy' takes labels");
    }

    @Test
    void anEvaluationMustHaveTheClassesAndLabelsThatItsModelAndBenchmarkNeed() {
        String evaluate = """
              - id: measure
                evaluate:
                  model: ${learn}
                  data: {type: toy-data, stated: true%s}
                  benchmark: {type: toy-accuracy, strict: true}
            """;
        assertThat(problems("", "", evaluate.formatted(""))).isEmpty();
        assertThat(only(problems("", "", evaluate.formatted(", classes: [dark, grey, bright]"))))
                .startsWith(
                        "stages[1].evaluate.data: the data has the classes [dark, grey, bright], the model's training"
                                + " data has [dark, bright]");
        assertThat(only(problems("", "", evaluate.formatted(", labelled: false"))))
                .contains("the benchmark 'toy-accuracy' compares with labels");
        assertThat(problems("", "", evaluate.formatted(", labelled: false") + "      export: true\n"))
                .isEmpty();
    }

    @Test
    void aModelWithoutPredictionsCanNeitherBeMeasuredNorApplied() {
        assertThat(only(problems(
                        "",
                        ", predicts: false",
                        "  - id: apply\n    predict: {model: \"${learn}\", data: toy-data}\n")))
                .startsWith("stages[1].predict.model: the task 'toy-task' makes no predictions")
                .contains("train a task on top of it with 'init'");
    }
}
