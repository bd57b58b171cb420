package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunResult;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;

/** A matrix shares what does not differ, goes on past failures, resumes, and ends in one table. */
class MatrixRunTest {

    private static final int BASE_SCENES = 7;

    /** Pre-training depends on the seed only; 2 starts x 2 sizes x 2 seeds fine-tune from scratch or from it. */
    private static final String MATRIX = """
            name: toys
            seed: ${matrix.seed}
            matrix:
              scenes: [2, 4]
              start: {scratch: ~, pretrained: "${base}"}
              seed: [1, 2]
            stages:
              - id: base
                train: {data: toy-data, backbone: toy-backbone, task: toy-task, iterations: 2}
              - id: fine
                train:
                  init: ${matrix.start}
                  data: {type: toy-data, chance: 4, scenes: "${matrix.scenes}"}
                  backbone: toy-backbone
                  task: toy-task
                  iterations: 3
              - id: measure
                evaluate: {model: "${fine}", data: {type: toy-data, chance: 3}, benchmark: toy-accuracy}
            """;

    @TempDir
    Path runs;

    private StageFolder stage(String id) {
        return new StageFolder(runs.resolve("toys").resolve(id));
    }

    private List<String> stages() throws IOException {
        try (var found = Files.list(runs.resolve("toys"))) {
            return found.filter(path -> Files.exists(path.resolve("stage.json")))
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private double accuracy(String id) {
        return ((Number) Json.read(stage(id).metrics()).orElseThrow().get("accuracy")).doubleValue();
    }

    private static String[] row(Path csv, String start) throws IOException {
        return Files.readAllLines(csv).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow()
                .split(",", -1);
    }

    @Test
    void aBaselineEndsInGainsOfCellsThatShareTheirSeed() throws IOException {
        Toys.run(runs, MATRIX.replace("matrix:", "matrix:\n  baseline: {start: scratch}"));

        double first = accuracy("measure@scenes=4,start=pretrained,seed=1")
                - accuracy("measure@scenes=4,start=scratch,seed=1");
        double second = accuracy("measure@scenes=4,start=pretrained,seed=2")
                - accuracy("measure@scenes=4,start=scratch,seed=2");
        String[] row = row(runs.resolve("toys/differences.csv"), "measure,4,pretrained");
        assertThat(row[3]).isEqualTo("2");
        assertThat(Double.parseDouble(row[4])).isEqualTo((first + second) / 2, within(1e-4));
        assertThat(Files.readAllLines(runs.resolve("toys/differences.csv")))
                .noneMatch(line -> line.contains("scratch"));
    }

    @Test
    void ofSeveralBaselinesEachIsHeldAgainstTheOthersOnce() throws IOException {
        Toys.run(
                runs,
                MATRIX.replace("matrix:", "matrix:\n  baseline: {start: [scratch, pretrained]}")
                        .replace("scratch: ~", "scratch: ~, again: ~"));

        assertThat(Files.readAllLines(runs.resolve("toys/differences.csv")).stream()
                        .map(line -> line.split(","))
                        .map(cells -> String.join(",", cells[2], cells[1], cells[3])))
                .containsExactly(
                        "start,scenes,against",
                        "again,2,scratch",
                        "pretrained,2,scratch",
                        "again,4,scratch",
                        "pretrained,4,scratch",
                        "again,2,pretrained",
                        "again,4,pretrained");
    }

    /** From scratch nothing depends on how many scenes the others were pre-trained with: one cell is the twin of several. */
    @Test
    void aBaselineThatDependsOnFewerAxesIsTheTwinOfAllCells() throws IOException {
        Toys.run(
                runs,
                MATRIX.replace("matrix:", "matrix:\n  baseline: {start: scratch}\n  first: [2, 3]")
                        .replace("iterations: 2}", "iterations: \"${matrix.first}\"}"));

        Path csv = runs.resolve("toys/differences.csv");
        for (int first : new int[] {2, 3}) {
            double gain = 0;
            for (int seed : new int[] {1, 2}) {
                gain += accuracy("measure@first=" + first + ",scenes=4,start=pretrained,seed=" + seed)
                        - accuracy("measure@scenes=4,start=scratch,seed=" + seed);
            }
            String[] row = row(csv, "measure," + first + ",4,pretrained");
            assertThat(row[4]).isEqualTo("2");
            assertThat(Double.parseDouble(row[5])).isEqualTo(gain / 2, within(1e-4));
        }
    }

    @Test
    void aBaselineThatNothingCanBeHeldAgainstIsRefused() {
        assertThatThrownBy(() -> Toys.run(runs, MATRIX.replace("matrix:", "matrix:\n  baseline: {seed: 1}")))
                .hasMessageContaining("repeats the same work");
        assertThatThrownBy(() ->
                        Toys.run(runs, MATRIX.replace("matrix:", "matrix:\n  baseline: {idle: a}\n  idle: [a, b]")))
                .hasMessageContaining("no stage uses the axis 'idle'");
    }

    @Test
    void aBaselineThatTheMatrixLacksIsRefusedWithWhatItHas() {
        assertThatThrownBy(() -> Toys.run(runs, MATRIX.replace("matrix:", "matrix:\n  baseline: {start: nothing}")))
                .hasMessageContaining("start: scratch | pretrained");
    }

    @Test
    void anAxisThatIsCalledAsTheColumnOfSeveralBaselinesIsRefused() {
        assertThatThrownBy(() -> Toys.run(
                        runs,
                        MATRIX.replace(
                                        "matrix:",
                                        "matrix:\n  baseline: {start: [scratch, pretrained]}\n  against: [1, 2]")
                                .replace("chance: 4", "chance: \"${matrix.against}\"")))
                .hasMessageContaining("a column 'against', which an axis is called too");
    }

    /** The benchmark of these tests cannot join reports, so that there are folds but no figures of all of them. */
    @Test
    void foldsHaveARowForEverythingElse() throws IOException {
        RunResult result = Toys.run(runs, MATRIX.replace("matrix:", "matrix:\n  folds: scenes"));

        assertThat(result.lines())
                .containsOnlyOnce("folds of 'measure' are not one figure, but one by one in results.md:"
                        + " the figures of 'toy-accuracy' do not add up");
        assertThat(Files.readAllLines(runs.resolve("toys/folds.csv")))
                .containsExactly(
                        "stage,start,seed,folds,failed",
                        "measure,scratch,1,2,0",
                        "measure,scratch,2,2,0",
                        "measure,pretrained,1,2,0",
                        "measure,pretrained,2,2,0");
    }

    @Test
    void aFoldThatFailedLeavesNoFigureAndIsSaid() throws IOException {
        RunResult result = Toys.run(
                runs,
                """
                name: toys
                matrix: {folds: scenes, scenes: [2, 4]}
                stages:
                  - id: fine
                    train: {data: {type: toy-data, scenes: "${matrix.scenes}"}, backbone: toy-backbone, task: toy-task, iterations: 8}
                  - id: measure
                    evaluate: {model: "${fine}", data: {type: toy-data, chance: 3}, benchmark: toy-accuracy}
                """,
                Toys.catalog(index -> {
                    if (index == 3) {
                        throw new CloudException("scene 3 is broken");
                    }
                }),
                1,
                false,
                "stages.measure.data.scenes=2");

        assertThat(result.failed()).containsOnlyKeys("fine@scenes=4", "measure@scenes=4");
        assertThat(Files.readAllLines(runs.resolve("toys/folds.csv")))
                .containsExactly("stage,folds,failed", "measure,2,1");
        assertThat(result.lines())
                .containsOnlyOnce("folds of 'measure' are not one figure, but one by one in results.md:"
                        + " 1 of 2 failed; the same command tries them again");
    }

    @Test
    void foldsOfAnAxisThatIsNotThereOrUsedAreRefused() {
        assertThatThrownBy(() -> Toys.run(runs, MATRIX.replace("matrix:", "matrix:\n  folds: area")))
                .hasMessageContaining("the axes are scenes, start, seed");
        assertThatThrownBy(() -> Toys.run(runs, MATRIX.replace("matrix:", "matrix:\n  folds: idle\n  idle: [a, b]")))
                .hasMessageContaining("no stage uses the axis 'idle'");
    }

    @Test
    void aPretrainingThatSeveralCellsStartFromRunsOncePerSeed() throws IOException {
        Toys.run(runs, MATRIX);

        assertThat(stages()).filteredOn(id -> id.startsWith("base")).containsExactly("base@seed=1", "base@seed=2");
        assertThat(stages()).filteredOn(id -> id.startsWith("fine")).hasSize(8);
        assertThat(stage("fine@scenes=2,start=pretrained,seed=2").log())
                .content()
                .contains("starts from " + stage("base@seed=2").last());
        assertThat(stage("fine@scenes=2,start=scratch,seed=2").log()).content().doesNotContain("starts from");
    }

    @Test
    void theTableHasMeanSampleDeviationAndExtremesOverTheSeeds() throws IOException {
        RunResult result = Toys.run(runs, MATRIX);

        double first = accuracy("measure@scenes=4,start=pretrained,seed=1");
        double second = accuracy("measure@scenes=4,start=pretrained,seed=2");
        assertThat(first).isNotEqualTo(second);
        Path csv = result.folder().resolve("results.csv");
        assertThat(Files.readAllLines(csv).getFirst())
                .isEqualTo(
                        "stage,scenes,start,runs,failed,accuracy mean,accuracy spread,accuracy lowest,accuracy highest");
        assertThat(Files.readAllLines(csv)).hasSize(1 + 4);
        String[] row = row(csv, "measure,4,pretrained,");
        assertThat(row[3]).isEqualTo("2");
        assertThat(row[4]).isEqualTo("0");
        assertThat(Double.parseDouble(row[5])).isCloseTo((first + second) / 2, within(1e-12));
        assertThat(Double.parseDouble(row[6])).isCloseTo(Math.abs(first - second) / Math.sqrt(2), within(1e-12));
        assertThat(Double.parseDouble(row[7])).isEqualTo(Math.min(first, second));
        assertThat(Double.parseDouble(row[8])).isEqualTo(Math.max(first, second));
        assertThat(result.folder().resolve("results.md"))
                .content()
                .contains("| accuracy mean | accuracy spread | accuracy lowest | accuracy highest |");
        Path cells = result.folder().resolve("cells.csv");
        assertThat(cells).content().contains("measure,4,pretrained,2,done," + second);
        // The number of scenes that were measured stands beside the axis of that name.
        assertThat(Files.readAllLines(cells).getFirst().split(","))
                .doesNotHaveDuplicates()
                .contains("scenes", "scenes measured");
    }

    @Test
    void onlyWhatIsMissingIsRunWhenAnAxisGetsANewValue() {
        Toys.run(runs, MATRIX);
        AtomicInteger loads = new AtomicInteger();
        Toys.run(runs, MATRIX, index -> loads.incrementAndGet(), 1, false, "matrix.scenes=[2, 4, 5]");

        // Two starts and two seeds of the new value: 3 iterations of one scene each, then 7 scenes measured.
        int measured = 2 * 2 * BASE_SCENES;
        assertThat(loads.get()).isGreaterThan(measured).isLessThan(2 * measured);
        assertThat(stage("measure@scenes=5,start=pretrained,seed=2").metrics()).exists();
    }

    @Test
    void aFailedCellIsNamedAndTheOthersGoOn() throws IOException {
        RunResult result = Toys.run(runs, MATRIX, "matrix.scenes={few: 2, none: 0}");

        assertThat(result.failed()).hasSize(8);
        assertThat(result.failed().get("fine@scenes=none,start=scratch,seed=1")).contains("'fine@scenes=none");
        assertThat(result.failed().get("measure@scenes=none,start=scratch,seed=1"))
                .isEqualTo("not run, because it needs 'fine@scenes=none,start=scratch,seed=1', which failed");
        assertThat(accuracy("measure@scenes=few,start=pretrained,seed=2")).isPositive();
        Path csv = result.folder().resolve("results.csv");
        assertThat(row(csv, "measure,none,scratch,"))
                .containsExactly("measure", "none", "scratch", "0", "2", "", "", "", "");
        assertThat(row(csv, "measure,few,scratch,")).startsWith("measure", "few", "scratch", "2", "0");
        assertThat(result.folder().resolve("cells.md")).content().contains("| failed |");
        assertThat(result.lines()).contains("measure@scenes=none,start=scratch,seed=1: failed");
    }

    @Test
    void aFailedCellIsTriedAgainByTheNextRun() {
        AtomicInteger loads = new AtomicInteger();
        RunResult first = Toys.run(
                runs,
                MATRIX,
                index -> {
                    if (loads.incrementAndGet() == 3) {
                        throw new IllegalStateException("the disk was away");
                    }
                },
                1,
                false);
        RunResult second = Toys.run(runs, MATRIX);

        assertThat(first.failed()).isNotEmpty();
        assertThat(first.failed().values()).anyMatch(reason -> reason.contains("the disk was away"));
        assertThat(second.failed()).isEmpty();
    }

    @Test
    void aStageThatIsNoCellStopsTheRunWhenItFails() {
        String shared = MATRIX.replace("seed: ${matrix.seed}\n", "seed: 1\n").replace("seed: [1, 2]", "times: [1]");
        assertThatThrownBy(() -> Toys.run(runs, shared, "base.data.scenes=0"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("'base'");
    }

    @Test
    void thePipelineThatARunKeepsDoesTheSameAgain() throws IOException {
        Toys.run(runs, MATRIX);
        byte[] before = Files.readAllBytes(
                stage("fine@scenes=4,start=pretrained,seed=2").last());
        String kept = Files.readString(runs.resolve("toys/pipeline.yaml"));

        Toys.run(runs.resolve("again"), kept);

        Path again = runs.resolve("again/toys/fine@scenes=4,start=pretrained,seed=2/checkpoints/last.safetensors");
        assertThat(Arrays.equals(Files.readAllBytes(again), before)).isTrue();
    }
}
