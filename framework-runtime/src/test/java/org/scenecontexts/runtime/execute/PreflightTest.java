package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.Weights;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.toy.Toys;

/** Whatever the last stage lacks is found before the first one runs. */
class PreflightTest {

    private static final String LEARN = """
            name: toys
            stages:
              - id: learn
                train: {data: toy-data, backbone: toy-backbone, task: toy-task, optimizer: {type: sgd, lr: 0.1}, iterations: 3}
            """;

    private static final PluginCatalog NO_DATA_READ = Toys.catalog(index -> {
        throw new IllegalStateException("no data is read");
    });

    @TempDir
    Path folder;

    private static PipelineLoader.Result load(String yaml) {
        return new PipelineLoader(Toys.catalog(index -> {}), Map.of()).load(SourceText.of("toys", yaml), List.of());
    }

    private static List<String> messages(String yaml) {
        PipelineLoader.Result loaded = load(yaml);
        loaded.orThrow();
        return Preflight.check(loaded, NO_DATA_READ).stream()
                .map(problem -> problem.message()
                        + problem.suggestion().map(next -> " | " + next).orElse(""))
                .toList();
    }

    @Test
    void aFileThatALaterStageReadsIsNamedWithItsPlaceAndWhatThereIs() {
        String yaml =
                LEARN + "  - id: measure\n    evaluate:\n      model: ${learn}\n      data: {type: toy-data, list: "
                        + folder.resolve("lists/val.txt") + "}\n      benchmark: toy-accuracy\n";
        List<Problem> problems = Preflight.check(load(yaml), NO_DATA_READ);
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().message())
                .isEqualTo("there is no file or folder '" + folder.resolve("lists/val.txt") + "'");
        assertThat(problems.getFirst().position().orElseThrow().line()).isEqualTo(8);
        assertThat(problems.getFirst().path()).isEqualTo("stages[1].evaluate.data.list");
        assertThat(problems.getFirst().suggestion().orElseThrow()).contains("of that, " + folder + " exists");
    }

    @Test
    void initialWeightsAndModelsMustExist() throws IOException {
        String yaml = LEARN.replace("iterations: 3", "iterations: 3, init: no-such.pth")
                + """
              - id: apply
                predict: {model: "%s", data: toy-data}
            """.formatted(folder.resolve("gone.safetensors"));
        assertThat(messages(yaml))
                .hasSize(2)
                .anyMatch(message -> message.startsWith("there is no file or folder 'no-such.pth'"))
                .anyMatch(message -> message.contains("gone.safetensors"));
        Path weights = Files.createFile(folder.resolve("start.pth"));
        assertThat(messages(LEARN.replace("iterations: 3", "iterations: 3, init: " + weights)))
                .isEmpty();
    }

    @Test
    void weightsThatALaterStageCannotStartFromAreRefusedBeforeTheFirstRuns() {
        Path weights = folder.resolve("others.pth");
        WeightFiles.write(
                weights,
                new Weights(Map.of("layer9.weight", NpArray.of(new float[6], 2, 3)), Optional.empty(), Map.of()));
        String second = LEARN.substring(LEARN.indexOf("  - id: learn"))
                .replace("learn", "tune")
                .replace("iterations: 3", "iterations: 3, init: " + weights);
        assertThat(messages(LEARN + second))
                .singleElement()
                .asString()
                .startsWith("stage 'tune' cannot start from its 'init': " + weights)
                .contains("layer9.weight");
    }

    @Test
    void whatAnEarlierStageMakesNeedNotExist() {
        String prepare = """
                name: toys
                stages:
                  - id: first
                    prepare: {type: toy-preparation, target: %s}
                  - id: choose
                    select: {method: {type: toy-selection, features: false}, data: toy-data, out: %s}
                """.formatted(folder.resolve("prepared"), folder.resolve("points.npz"));
        for (String made : List.of(
                folder.resolve("prepared/a/0.txt").toString(),
                folder.resolve("points.npz").toString(),
                "elsewhere/toys/choose/points.pth")) {
            String later = "  - id: apply\n    select: {method: {type: toy-selection, features: false}, data: {type:"
                    + " toy-data, list: " + made + "}}\n";
            assertThat(messages(prepare + later)).as(made).isEmpty();
        }
        String never =
                "  - id: apply\n    select: {method: {type: toy-selection, features: false}, data: {type: toy-data,"
                        + " list: elsewhere/toys/apply/points.pth}}\n";
        assertThat(messages(prepare + never)).as("its own folder").hasSize(1);
    }

    @Test
    void dataSetsSayWhatTheyLackAndCellsOfAMatrixShareAProblem() {
        String yaml = """
                name: toys
                matrix: {width: [8, 9]}
                stages:
                  - id: learn
                    train: {data: toy-data, backbone: {type: toy-backbone, width: "${matrix.width}"}, task: toy-task, optimizer: {type: sgd, lr: 0.1}, iterations: 3}
                  - id: measure
                    evaluate: {model: "${learn}", data: {type: toy-data, scenes: 0}, benchmark: toy-accuracy}
                """;
        assertThat(messages(yaml))
                .containsExactly("the data of stage 'measure' cannot be used: toys/*.toy: no file matches");
    }

    @Test
    void theClassesOfAModelFileAreComparedWithThoseThatTheDataStates() {
        Toys.run(folder, LEARN);
        String yaml = """
                name: later
                stages:
                  - id: measure
                    evaluate:
                      model: %s
                      data: {type: toy-data, stated: true, classes: [bright, dark]}
                      benchmark: toy-accuracy
                """.formatted(folder.resolve("toys/learn"));
        assertThat(messages(yaml))
                .singleElement()
                .asString()
                .contains("the data has the classes [bright, dark]")
                .contains("was trained on [dark, bright]");
        assertThat(messages(yaml.replace("[bright, dark]", "[dark, bright]"))).isEmpty();
    }
}
