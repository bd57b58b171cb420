package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;

class ResumeTest {

    @TempDir
    static Path shared;

    @TempDir
    Path runs;

    private static StageFolder uninterrupted;

    @BeforeAll
    static void trainOnce() {
        Toys.run(shared, Toys.TRAIN);
        uninterrupted = new StageFolder(shared.resolve("toys/learn"));
    }

    private StageFolder stage() {
        return new StageFolder(runs.resolve("toys/learn"));
    }

    private void assertSameCheckpoints() {
        assertThat(stage().last()).hasSameBinaryContentAs(uninterrupted.last());
        assertThat(stage().best()).hasSameBinaryContentAs(uninterrupted.best());
    }

    private void failAfter(int loads) {
        AtomicInteger left = new AtomicInteger(loads);
        assertThatThrownBy(() -> Toys.run(
                        runs,
                        Toys.TRAIN,
                        index -> {
                            if (left.decrementAndGet() < 0) {
                                throw new IllegalStateException("the disk is gone");
                            }
                        },
                        1,
                        false))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("learn")
                .hasMessageContaining("toy-")
                .hasMessageContaining("the disk is gone");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anyNumberOfThreadsGivesTheSameBytes(int threads) {
        Toys.run(runs, Toys.TRAIN, index -> {}, threads, false, "stages.learn.workers=" + threads);
        assertSameCheckpoints();
    }

    @Test
    void anotherSeedGivesOtherBytes() throws IOException {
        Toys.run(runs, Toys.TRAIN, "seed=6");
        assertThat(Files.mismatch(stage().last(), uninterrupted.last())).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 45, 75, 100})
    void goesOnAfterAFailureToTheSameBytes(int loads) {
        failAfter(loads);
        assertThat(stage().metrics()).doesNotExist();
        Toys.run(runs, Toys.TRAIN);
        assertSameCheckpoints();
        assertThat(stage().resume()).doesNotExist();
    }

    @Test
    void goesOnFromTheNewestCheckpointRatherThanFromTheStart() {
        failAfter(100);
        AtomicInteger loads = new AtomicInteger();
        Toys.run(runs, Toys.TRAIN, index -> loads.incrementAndGet(), 1, false);
        int whole = 23 * 4 + 4 * 7;
        assertThat(loads.get()).isLessThan(whole - 14 * 4 + 1);
    }

    @Test
    void goesOnAfterBeingKilledToTheSameBytes() throws IOException, InterruptedException {
        kill(70);
        assertThat(stage().resume()).exists();
        Toys.run(runs, Toys.TRAIN);
        assertSameCheckpoints();
    }

    /** Runs the training in another process until it has loaded so many scenes, then ends that without warning. */
    private void kill(int loads) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Toys.class.getName(),
                        runs.toString(),
                        Integer.toString(loads))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> said = new ArrayList<>();
            String line = out.readLine();
            while (line != null && !line.contains("HANGING")) {
                said.add(line);
                line = out.readLine();
            }
            assertThat(line).as("output before the trap: %s", said).isNotNull();
            // The loader hangs; give the training thread time to do all that it still can, a checkpoint included.
            for (int i = 0; i < 100 && !Files.exists(stage().resume()); i++) {
                Thread.sleep(50);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void theHistoryHasEveryIterationOnceAfterAnInterruption() throws IOException {
        failAfter(100);
        Toys.run(runs, Toys.TRAIN);
        assertThat(iterations(stage())).isEqualTo(iterations(uninterrupted));
    }

    private static List<Object> iterations(StageFolder folder) throws IOException {
        return Files.readAllLines(folder.metricLines()).stream()
                .map(line -> Json.parse(line).orElseThrow())
                .map(line -> (Object) List.of(line.get("iteration"), line.containsKey("val/accuracy")))
                .toList();
    }

    @Test
    void theFinalFiguresAreThere() {
        Map<String, Object> metrics = Json.read(uninterrupted.metrics()).orElseThrow();
        assertThat(metrics)
                .containsKeys(
                        "loss", "accuracy", "seconds", "first_step_seconds", "peak_memory_bytes", "samples_per_second");
        assertThat(metrics.get("iterations")).isEqualTo(23);
        assertThat((Double) metrics.get("accuracy")).isGreaterThan(0.85);
    }
}
