package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline with several hooks and frozen parts, run by the real program on a real network, killed and run again. */
class HooksIT {

    private static final String PIPELINE = """
        name: hooked
        seed: 3
        defaults:
          backbone: {type: res16unet14a, width: 0.125, voxel-size: 0.1, recompute: true}
        stages:
          - id: train
            train:
              data: {type: synthetic-rooms, scenes: 4}
              task: semantic-segmentation
              optimizer: {type: adamw, lr: 0.01}
              epochs: 6
              accumulate: 2
              checkpoint-every: 2
              freeze: [{names: block1, until: 4}]
              groups: [{names: "*.bn.*", weight-decay: 0}, {names: task/*, rate: 2}]
              hooks:
                - {type: clip-gradients, norm: 1}
                - {type: norm-momentum, start: 0.5, every: 1, floor: 0.05}
                - {type: ema, decay: 0.9, keep-trained: true}
                - {type: keep-checkpoints, every: 5, best: {miou: highest, loss: lowest}}
                - {type: early-stopping, patience: 5}
                - log-file
              validation:
                data: {type: synthetic-rooms, split: val, scenes: 1}
                benchmark: semantic-iou
                every: 4
        """;

    @TempDir
    Path folder;

    private Path pipeline() throws IOException {
        return Files.writeString(folder.resolve("hooked.yaml"), PIPELINE);
    }

    private void run(Path runs, int threads) throws IOException, InterruptedException {
        new DistributionProcess(folder)
                .csc(300, "run", pipeline().toString(), "--runs", runs.toString(), "--threads", "" + threads);
    }

    private static Path stage(Path runs) {
        return runs.resolve("hooked/train");
    }

    private static Map<String, Integer> checkpoints(Path runs) throws IOException {
        Map<String, Integer> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(stage(runs).resolve("checkpoints"))) {
            for (Path file : files.toList()) {
                digests.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    @Test
    void aKilledTrainingEndsInTheSameBytesOnAnotherNumberOfThreads() throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        run(whole, 2);
        Path killed = folder.resolve("killed");
        Process process = new DistributionProcess(folder)
                .start(
                        folder.resolve("killed.txt"),
                        "run",
                        pipeline().toString(),
                        "--runs",
                        killed.toString(),
                        "--threads",
                        "2");
        Path resume = stage(killed).resolve("checkpoints/resume.safetensors");
        try {
            for (int i = 0; i < 1200 && !Files.exists(resume) && process.isAlive(); i++) {
                Thread.sleep(50);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(resume).as("the training was killed in the middle").exists();
        assertThat(stage(killed).resolve("metrics.json")).doesNotExist();

        run(killed, 1);

        assertThat(stage(killed).resolve("log.txt")).content().contains("goes on after iteration");
        assertThat(checkpoints(killed))
                .isEqualTo(checkpoints(whole))
                .containsOnlyKeys(
                        "best-loss.safetensors",
                        "best-miou.safetensors",
                        "best.safetensors",
                        "iteration-0000005.safetensors",
                        "iteration-0000010.safetensors",
                        "last.safetensors",
                        "trained.safetensors");
        // 6 epochs of 4 scenes, 2 a step, and a header
        assertThat(Files.readAllLines(stage(killed).resolve("steps.csv"))).hasSize(13);
    }

    @Test
    void aPatternThatFindsNothingIsRefusedBeforeAnythingRuns() throws IOException {
        InProcess validate = InProcess.csc(
                "validate",
                pipeline().toString(),
                "--set",
                "train.freeze=[block1, bolck2]",
                "--set",
                "train.groups=[{names: task/finall, rate: 2}]");

        assertThat(validate.exitCode()).as("%s", validate.said()).isEqualTo(2);
        assertThat(validate.said())
                .contains("freeze[1]: no parameter is called 'bolck2' or lies below that", "did you mean 'block2'?")
                .contains("backbone/conv0p1s1, backbone/bn0", "task/final")
                .contains("groups[0]: no parameter is called 'task/finall'", "did you mean 'task/final'?");
    }
}
