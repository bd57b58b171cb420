package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunResult;
import org.scenecontexts.runtime.pipeline.PipelineLoader;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.toy.ToyData;
import org.scenecontexts.runtime.toy.Toys;

/** Stages that do not need each other run at one time, to the same results. */
@Timeout(60)
class SideBySideTest {

    /** Two trainings of which neither needs the other, and an evaluation of each. */
    private static final String CELLS = """
            name: toys
            seed: ${matrix.seed}
            matrix:
              seed: [1, 2]
            stages:
              - id: learn
                train: {data: toy-data, backbone: toy-backbone, task: toy-task, iterations: 3, log-every: 1}
              - id: measure
                evaluate: {model: "${learn}", data: {type: toy-data, chance: 3}, benchmark: toy-accuracy}
            """;

    @TempDir
    Path folder;

    private static Pipeline pipeline(String yaml) {
        return new PipelineLoader(Toys.catalog(index -> {}), Map.of())
                .load(SourceText.of("toys", yaml), List.of())
                .orThrow();
    }

    private RunResult run(String runs, String yaml, int jobs, ToyData.Trap trap, BooleanSupplier stop) {
        return Toys.run(
                yaml,
                new RunOptions(Toys.catalog(trap), folder.resolve(runs), false, OptionalInt.of(2))
                        .stoppedBy(stop)
                        .sideBySide(jobs));
    }

    /** Ids in the order in which stages began and ended, each doing what is told. */
    private List<String> order(String yaml, int jobs, SideBySide.Work work) {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        List<Stage> stages = pipeline(yaml).stages();
        new SideBySide(stages, folder.resolve("toys"), jobs, () -> false, (stage, stop) -> {
                    events.add("begin " + stage.id());
                    work.on(stage, stop);
                    events.add("end " + stage.id());
                })
                .run();
        return events;
    }

    /** Waits for another to come to the same place; false when none does. */
    private static boolean meet(CountDownLatch latch, Duration most) {
        latch.countDown();
        try {
            return latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void cellsThatDoNotNeedEachOtherAreAtWorkAtOneTime() {
        CountDownLatch both = new CountDownLatch(2);
        List<Boolean> met = Collections.synchronizedList(new ArrayList<>());
        order(CELLS, 2, (stage, stop) -> {
            if (stage.base().equals("learn")) {
                met.add(meet(both, Duration.ofSeconds(30)));
            }
        });
        assertThat(met).containsExactly(true, true);
    }

    @Test
    void oneJobDoesOneStageAfterTheOther() {
        assertThat(order(CELLS, 1, (stage, stop) -> {}))
                .containsExactly(
                        "begin learn@seed=1",
                        "end learn@seed=1",
                        "begin learn@seed=2",
                        "end learn@seed=2",
                        "begin measure@seed=1",
                        "end measure@seed=1",
                        "begin measure@seed=2",
                        "end measure@seed=2");
    }

    @Test
    void aStageBeginsWhenThoseWhoseModelsItReadsHaveEnded() {
        for (int trial = 0; trial < 20; trial++) {
            List<String> events = order(CELLS, 4, (stage, stop) -> Thread.yield());
            for (String seed : List.of("1", "2")) {
                assertThat(events.indexOf("begin measure@seed=" + seed))
                        .isGreaterThan(events.indexOf("end learn@seed=" + seed));
            }
        }
    }

    @Test
    void whatWritesOutsideOfItsFolderIsAloneInItsPlace() {
        String yaml = CELLS.replace(
                "stages:\n",
                "stages:\n  - id: lists\n    seed: 1\n    prepare: {type: toy-preparation, target: \""
                        + folder.resolve("lists") + "\"}\n");
        List<String> events = order(yaml, 4, (stage, stop) -> meet(new CountDownLatch(2), Duration.ofMillis(20)));
        assertThat(events.indexOf("end lists")).isEqualTo(events.indexOf("begin lists") + 1);
        assertThat(events.getFirst()).isEqualTo("begin lists");
    }

    @Test
    void theResultsAreTheSameByteForByte() throws IOException {
        run("one", CELLS, 1, index -> {}, () -> false);
        run("two", CELLS, 2, index -> {}, () -> false);
        for (String seed : List.of("1", "2")) {
            Path weights = Path.of("toys/learn@seed=" + seed, "checkpoints/last.safetensors");
            assertThat(folder.resolve("two").resolve(weights))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(weights));
        }
        assertThat(Files.readAllLines(folder.resolve("two/toys/results.csv")))
                .isEqualTo(Files.readAllLines(folder.resolve("one/toys/results.csv")));
    }

    @Test
    void theLogOfAStageHasItsOwnLinesOnly() {
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger scenes = new AtomicInteger();
        run(
                "runs",
                CELLS,
                2,
                index -> {
                    if (scenes.incrementAndGet() <= 2) {
                        meet(both, Duration.ofSeconds(5));
                    }
                },
                () -> false);
        for (String[] pair : new String[][] {{"1", "2"}, {"2", "1"}}) {
            assertThat(folder.resolve("runs/toys/learn@seed=" + pair[0] + "/log.txt"))
                    .content()
                    .contains("learn@seed=" + pair[0] + "  3/3")
                    .doesNotContain("learn@seed=" + pair[1]);
        }
        assertThat(folder.resolve("runs/toys/run.log")).content().contains("learn@seed=1  3/3", "learn@seed=2  3/3");
    }

    @Test
    void aCellThatFailsLeavesTheOthersAlone() {
        RunResult result = run(
                "runs",
                CELLS.replace(
                                "data: toy-data, backbone",
                                "data: {type: toy-data, poisoned: \"${matrix.seed}\"}, backbone")
                        .replace("seed: [1, 2]", "seed: [1, 100000]"),
                2,
                index -> {},
                () -> false);
        assertThat(result.failed().keySet()).containsExactly("learn@seed=1", "measure@seed=1");
        assertThat(folder.resolve("runs/toys/measure@seed=100000/metrics.json")).exists();
    }

    @Test
    void aFailureThatEndsTheRunHasTheOthersSaveFirst() {
        CountDownLatch both = new CountDownLatch(2);
        AtomicBoolean told = new AtomicBoolean();
        assertThatThrownBy(() -> order(CELLS, 2, (stage, stop) -> {
                    meet(both, Duration.ofSeconds(30));
                    if (stage.id().equals("learn@seed=1")) {
                        throw new StageFailedException("no room");
                    }
                    while (!stop.getAsBoolean()) {
                        Thread.onSpinWait();
                    }
                    told.set(true);
                    throw new RunStoppedException("saved");
                }))
                .isInstanceOf(StageFailedException.class)
                .hasMessage("no room");
        assertThat(told).isTrue();
    }

    @Test
    void whenAskedToStopAllSaveAndTheSameCommandGoesOnToTheSameBytes() {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger scenes = new AtomicInteger();
        assertThatThrownBy(() -> run(
                        "stopped",
                        CELLS,
                        2,
                        index -> {
                            if (scenes.incrementAndGet() > 6) {
                                stop.set(true);
                            }
                        },
                        stop::get))
                .isInstanceOf(RunStoppedException.class);
        run("stopped", CELLS, 2, index -> {}, () -> false);
        run("one", CELLS, 1, index -> {}, () -> false);
        for (String seed : List.of("1", "2")) {
            Path weights = Path.of("toys/learn@seed=" + seed, "checkpoints/last.safetensors");
            assertThat(folder.resolve("stopped").resolve(weights))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(weights));
        }
    }
}
