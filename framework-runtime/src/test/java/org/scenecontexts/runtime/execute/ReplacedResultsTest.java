package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.Generations;
import org.scenecontexts.runtime.run.RunFolder;
import org.scenecontexts.runtime.run.StoredRuns;
import org.scenecontexts.runtime.run.StoredRuns.StoredRun;
import org.scenecontexts.runtime.toy.Toys;

/** Nothing finished is deleted without being asked: five iterations, then six, then seven are three results. */
class ReplacedResultsTest {

    @TempDir
    private Path runs;

    private void threeLengths() {
        for (int iterations : new int[] {5, 6, 7}) {
            Toys.run(runs, Toys.TRAIN, "stages.learn.iterations=" + iterations);
        }
    }

    private Object iterations(String folder) {
        return Json.read(runs.resolve("toys").resolve(folder).resolve("learn/metrics.json"))
                .orElseThrow()
                .get("iterations");
    }

    @Test
    void everyResultOfThreeChangedCallsIsThere() {
        threeLengths();
        assertThat(iterations(".replaced/1")).isEqualTo(5);
        assertThat(iterations(".replaced/2")).isEqualTo(6);
        assertThat(iterations(".")).isEqualTo(7);
    }

    @Test
    void aReplacedStageHasItsOwnConfigurationAndEnvironment() {
        threeLengths();
        assertThat(runs.resolve("toys/.replaced/1/learn/stage.yaml")).content().contains("iterations: 5");
        assertThat(runs.resolve("toys/.replaced/2/learn/stage.yaml")).content().contains("iterations: 6");
        assertThat(runs.resolve("toys/learn/stage.yaml")).content().contains("iterations: 7");
        assertThat(runs.resolve("toys/.replaced/1/learn/environment.json")).exists();
    }

    @Test
    void stagesReplacedByOneCallStayTogether() {
        Toys.run(runs, Toys.ALL);
        Toys.run(runs, Toys.ALL, "stages.learn.iterations=5");
        assertThat(Generations.in(runs.resolve("toys")))
                .singleElement()
                .satisfies(generation -> assertThat(generation.stages()).containsExactly("apply", "learn", "measure"));
    }

    @Test
    void freshKeepsTheOldResultsToo() {
        Toys.run(runs, Toys.TRAIN);
        Toys.run(runs, Toys.TRAIN, index -> {}, 1, true);
        assertThat(runs.resolve("toys/.replaced/1/learn/checkpoints/last.safetensors"))
                .exists();
    }

    @Test
    void runsAreListedWithStagesSizesAndGenerations() throws IOException {
        threeLengths();
        Files.createDirectories(runs.resolve("no run"));
        StoredRun run = StoredRuns.in(runs).getFirst();
        assertThat(StoredRuns.in(runs)).hasSize(1);
        assertThat(run.name()).isEqualTo("toys");
        assertThat(run.finished()).containsExactly("learn");
        assertThat(run.replaced()).extracting(Generations.Generation::name).containsExactly("1", "2");
        assertThat(run.bytes())
                .isGreaterThan(run.replaced().stream()
                        .mapToLong(Generations.Generation::bytes)
                        .sum());
    }

    @Test
    void cleaningRemovesTheGenerationsAndLeavesThePresent() {
        threeLengths();
        StoredRun run = StoredRuns.in(runs).getFirst();
        StoredRuns.remove(run, List.of(run.replaced().getFirst()));
        assertThat(Generations.in(run.path()))
                .extracting(Generations.Generation::name)
                .containsExactly("2");
        StoredRuns.remove(run, Generations.in(run.path()));
        assertThat(runs.resolve("toys/.replaced")).doesNotExist();
        assertThat(iterations(".")).isEqualTo(7);
    }

    @Test
    void aRunInUseIsNotCleaned() {
        threeLengths();
        StoredRun run = StoredRuns.in(runs).getFirst();
        try (RunFolder held = RunFolder.open(runs, "toys")) {
            assertThatThrownBy(() -> StoredRuns.remove(run, run.replaced()))
                    .isInstanceOf(StageFailedException.class)
                    .hasMessageContaining("another run");
            assertThat(held.path()).exists();
        }
        assertThat(iterations(".replaced/1")).isEqualTo(5);
    }

    @Test
    void numbersGoOnAfterTheNewest() {
        threeLengths();
        StoredRun run = StoredRuns.in(runs).getFirst();
        StoredRuns.remove(run, List.of(run.replaced().getFirst()));
        Toys.run(runs, Toys.TRAIN, "stages.learn.iterations=8");
        assertThat(iterations(".replaced/3")).isEqualTo(7);
    }
}
