package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pre-training and fine-tuning that are killed ({@code kill -9}) again and again, in the middle of saving too, end in the
 * bytes that they would have ended in; what Ctrl-C and SIGTERM do in a real process.
 *
 * <p>Three kills in the ordinary build, thirty with {@code -Pkills}; {@code -Dcsc.kills.seed=N} chooses other moments.
 */
class KillsIT {

    private static final String PIPELINE = """
            name: kills
            seed: 3
            defaults:
              inputs: [ones, height]
              backbone: {type: res16unet14a, width: 0.125, voxel-size: 0.1, bn-momentum: 0.1}
              optimizer: {type: adamw, lr: 0.01}
              threads: 1
            stages:
              - id: pretrain
                train:
                  data: {type: synthetic-pairs, scenes: 2, density: 0.05}
                  task: {type: contrastive, loss: {type: point-info-nce, points: 128}}
                  iterations: 12
                  checkpoint-every: 1
                  log-every: 3
              - id: finetune
                train:
                  data: {type: synthetic-rooms, scenes: 2, density: 0.05, cameras: 2}
                  init: ${pretrain}
                  task: semantic-segmentation
                  iterations: 12
                  checkpoint-every: 1
                  log-every: 3
                  validation: {data: &val {type: synthetic-rooms, split: val, scenes: 2, density: 0.05, cameras: 2}, benchmark: semantic-iou, every: 5}
              - id: eval
                evaluate: {model: "${finetune.best}", data: *val, benchmark: semantic-iou, export: true}
              - id: label
                predict: {model: "${finetune}", data: *val, out: [ply, logits]}
            """;

    private static final long LIMIT = 300;

    @TempDir
    static Path folder;

    private static KillableRuns killable;
    private static Path pipeline;
    private static Map<String, String> undisturbed;
    private static long milliseconds;

    @BeforeAll
    static void runUndisturbed() throws IOException, InterruptedException {
        killable = new KillableRuns(folder);
        pipeline = Files.writeString(folder.resolve("kills.yaml"), PIPELINE);
        long started = System.nanoTime();
        Process process = begin("undisturbed");
        assertThat(process.waitFor(LIMIT, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(killable.said("undisturbed")).isZero();
        milliseconds = (System.nanoTime() - started) / 1_000_000;
        undisturbed = RunResults.of(folder.resolve("undisturbed/kills"));
        assertThat(undisturbed.keySet())
                .contains(
                        "pretrain/checkpoints/last.safetensors",
                        "finetune/checkpoints/best.safetensors",
                        "finetune/metrics.jsonl",
                        "eval/metrics.json",
                        "label/predictions/" + firstPrediction());
    }

    private static String firstPrediction() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("undisturbed/kills/label/predictions"))) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @AfterEach
    void endProcesses() throws InterruptedException {
        killable.end();
    }

    @AfterAll
    static void endAllProcesses() throws InterruptedException {
        killable.end();
    }

    private static Process begin(String runs) throws IOException {
        return killable.begin(runs, pipeline, folder.resolve(runs));
    }

    private static void assertUndisturbed(String runs) throws IOException {
        Map<String, String> results = RunResults.of(folder.resolve(runs).resolve("kills"));
        assertThat(results.keySet()).isEqualTo(undisturbed.keySet());
        results.forEach((name, content) ->
                assertThat(content.equals(undisturbed.get(name))).as(name).isTrue());
    }

    @Test
    void killsAtAnyMomentEndInTheSameBytes() throws IOException, InterruptedException {
        int kills = Integer.getInteger("csc.kills", 3);
        Random random = new Random(Long.getLong("csc.kills.seed", 1));
        int killed = 0;
        int duringSaving = 0;
        int rounds = 0;
        while (killed < kills) {
            String runs = "round" + rounds++;
            Path run = folder.resolve(runs).resolve("kills");
            boolean ended = false;
            while (!ended && killed < kills) {
                Process process = begin(runs);
                waitForTheMoment(process, run, random, killed);
                if (process.isAlive()) {
                    process.destroyForcibly().waitFor();
                    killed++;
                    duringSaving += temporary(run) > 0 ? 1 : 0;
                } else {
                    assertThat(process.exitValue()).as(killable.said(runs)).isZero();
                    ended = true;
                }
            }
            if (!ended) {
                Process process = begin(runs);
                assertThat(process.waitFor(LIMIT, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(killable.said(runs)).isZero();
            }
            assertUndisturbed(runs);
        }
        System.out.println(killed + " kills in " + rounds + " rounds, " + duringSaving + " of them during saving; "
                + milliseconds + " ms undisturbed");
    }

    /** Every third kill at any time, the others as soon as a file is being saved, the first or one of the next. */
    private static void waitForTheMoment(Process process, Path run, Random random, int killed)
            throws InterruptedException {
        if (killed % 3 == 2) {
            process.waitFor(random.nextLong(milliseconds), TimeUnit.MILLISECONDS);
            return;
        }
        int which = 1 + random.nextInt(8);
        boolean saving = false;
        while (process.isAlive()) {
            boolean now = temporary(run) > 0;
            which -= now && !saving ? 1 : 0;
            if (which == 0) {
                return;
            }
            saving = now;
            process.waitFor(100, TimeUnit.MICROSECONDS);
        }
    }

    private static long temporary(Path run) {
        if (!Files.isDirectory(run)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(run)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).count();
        } catch (IOException | UncheckedIOException e) {
            // A file went away while it was looked at: something is being saved.
            return 1;
        }
    }

    @Test
    void sigtermSavesSaysSoAndTheRunGoesOnToTheSameBytes() throws IOException, InterruptedException {
        Process process = begin("stopped");
        Path history = folder.resolve("stopped/kills/pretrain/metrics.jsonl");
        while (process.isAlive() && (!Files.exists(history) || Files.size(history) == 0)) {
            Thread.sleep(5);
        }
        process.destroy();
        assertThat(process.waitFor(LIMIT, TimeUnit.SECONDS)).isTrue();
        assertThat(killable.said("stopped"))
                .contains("SIGTERM: saves at the next step", "stopped after iteration", "goes on from there");
        assertThat(process.exitValue()).isEqualTo(143);
        Process again = begin("stopped");
        assertThat(again.waitFor(LIMIT, TimeUnit.SECONDS)).isTrue();
        assertThat(killable.said("stopped")).contains("pretrain: goes on after iteration");
        assertUndisturbed("stopped");
    }
}
