package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.torch.PointLists;
import org.scenecontexts.runtime.config.Problem;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.pipeline.PrepareStage;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.ToyPreparation;
import org.scenecontexts.runtime.toy.Toys;

/** Stages that make data rather than models. */
class PrepareAndSelectTest {

    private static final String PREPARE = """
            name: toys
            stages:
              - id: files
                prepare: {type: toy-preparation, target: TARGET, files: 4}
            """;

    private static final String SELECT = Toys.TRAIN + """
              - id: pick
                select: {model: "${learn}", method: toy-selection, data: {type: toy-data, scenes: 3}, out: OUT}
            """;

    @TempDir
    Path runs;

    private StageFolder stage(String id) {
        return new StageFolder(runs.resolve("toys").resolve(id));
    }

    private Map<String, Object> metrics(String id) {
        return Json.read(stage(id).metrics()).orElseThrow();
    }

    private String prepare() {
        return PREPARE.replace("TARGET", runs.resolve("made").toString());
    }

    @Test
    void aPreparationMayBeWrittenWithoutItsKeyWork() {
        PrepareStage stage = (PrepareStage) new PipelineLoader(Toys.catalog(index -> {}), Map.of())
                .load(SourceText.of("toys", prepare()), List.of("stages.files.files=5"))
                .orThrow()
                .stages()
                .getFirst()
                .config();
        assertThat(((ToyPreparation.Config) stage.work().config()).files()).isEqualTo(5);
    }

    @Test
    void aPreparationGetsAllThreadsAndReportsItsFigures() {
        Toys.run(runs, prepare(), index -> {}, 2, false);
        assertThat(runs.resolve("made/3.txt")).hasContent("threads 2");
        assertThat(metrics("files")).containsEntry("made", 4.0);
    }

    @Test
    void whatAPreparationHasWrittenDoesNotMakeItRunAgain() throws IOException {
        Toys.run(runs, prepare());
        FileTime before = Files.getLastModifiedTime(stage("files").metrics());
        Toys.run(runs, prepare());
        assertThat(Files.getLastModifiedTime(stage("files").metrics())).isEqualTo(before);
        assertThat(runs.resolve("toys/.replaced")).doesNotExist();
    }

    @Test
    void aChangedPreparationMakesWhatIsMissing() {
        Toys.run(runs, prepare());
        Toys.run(runs, prepare(), "stages.files.files=6");
        assertThat(metrics("files")).containsEntry("made", 2.0);
    }

    @Test
    void aSelectionWritesOneListPerSceneInAllForms() {
        Path out = runs.resolve("out/points.npz");
        Toys.run(runs, SELECT.replace("OUT", out.toString()));
        Map<String, int[]> lists = PointLists.read(stage("pick").points());
        assertThat(lists).hasSize(3);
        assertThat(lists.values()).allSatisfy(points -> assertThat(points).hasSize(2));
        for (Path other : List.of(stage("pick").pointArrays(), out)) {
            PointLists.read(other).forEach((scene, points) -> assertThat(points).containsExactly(lists.get(scene)));
        }
        assertThat(metrics("pick")).containsEntry("scenes", 3).containsEntry("chosen", 6);
    }

    @Test
    void aSelectionIsTheSameInEveryRun() {
        String yaml = SELECT.replace(", out: OUT", "");
        Toys.run(runs, yaml);
        Map<String, int[]> first = PointLists.read(stage("pick").points());
        Toys.run(runs, yaml, index -> {}, 2, true);
        PointLists.read(stage("pick").points())
                .forEach((scene, points) -> assertThat(points).containsExactly(first.get(scene)));
    }

    @Test
    void aSelectionOnFeaturesWithoutAModelIsAProblem() {
        String yaml = """
                name: toys
                stages:
                  - id: pick
                    select: {method: toy-selection, data: toy-data}
                """;
        PipelineLoader loader = new PipelineLoader(Toys.catalog(index -> {}), Map.of());
        List<Problem> problems =
                loader.load(SourceText.of("toys", yaml), List.of()).problems();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("'toy-selection' looks at features");
            assertThat(problem.position().orElseThrow().line()).isEqualTo(4);
        });
        String without = yaml.replace("toy-selection", "{type: toy-selection, features: false}");
        assertThat(loader.load(SourceText.of("toys", without), List.of()).problems())
                .isEmpty();
    }
}
