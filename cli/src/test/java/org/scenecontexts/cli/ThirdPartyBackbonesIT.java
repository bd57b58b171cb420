package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that a third party has written against the API alone, built outside this build, train on synthetic rooms. */
class ThirdPartyBackbonesIT {

    private static final ThirdPartyBuild BUILD = new ThirdPartyBuild("third-party-backbones");

    private static final int STEPS = 10;

    /** Small forms of the three. */
    private static final Map<String, String> BACKBONES = new TreeMap<>(Map.of(
            "dgcnn",
            "{ type: dgcnn, points: 512, neighbours: 8, width: 0.25 }",
            "pointnext",
            "{ type: pointnext, points: 1024, width: 16, neighbours: 8, blocks: [0, 1, 0, 0] }",
            "ptv3",
            "{ type: ptv3, voxel-size: 0.1, width: 0.25, depths: [1, 1, 1], channels: [32, 64, 128], up-depths: [1, 1],"
                    + " up-channels: [64, 64], patch: 64 }"));

    /** One call trains all three, and a second does it again: most of the time of a call is Java's own. */
    @BeforeAll
    static void buildThePluginAndTrainTwice() throws IOException, InterruptedException {
        BUILD.build(
                "examples/third-party-plugins/backbones",
                "example-backbones-1.0.0.jar",
                "plugin-sparseconv",
                "plugin-pointnet2");
        StringBuilder pipeline = new StringBuilder("name: rooms\nseed: 1\nstages:\n");
        BACKBONES.forEach((name, backbone) -> pipeline.append("""
                  - id: %s
                    train:
                      data: { type: synthetic-rooms, split: train, scenes: 2, rooms: [office] }
                      inputs: [colour, height]
                      backbone: %s
                      task: semantic-segmentation
                      optimizer: { type: adamw, lr: 0.01 }
                      schedule: one-cycle
                      iterations: %d
                      batch: 2
                      log-every: 1
                """.formatted(name, backbone, STEPS)));
        Path file = Files.writeString(BUILD.at("networks.yaml"), pipeline);
        for (String runs : List.of("first", "second")) {
            ThirdPartyBuild.Outcome run = BUILD.csc(
                    "run",
                    file.toString(),
                    "--threads",
                    "2",
                    "--runs",
                    BUILD.at(runs).toString());
            assertThat(run.exitCode()).as(run.output()).isZero();
        }
    }

    private static List<Double> losses(String runs, String stage) throws IOException {
        return DeviceTrainings.losses(BUILD.at(runs + "/rooms/" + stage));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dgcnn", "pointnext", "ptv3"})
    void aFewStepsLowerTheLoss(String stage) throws IOException {
        List<Double> losses = losses("first", stage);
        assertThat(losses).hasSize(STEPS);
        // The same two rooms in every step: chance moves the loss by a few hundredths.
        assertThat(losses.getLast()).isLessThan(0.8 * losses.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dgcnn", "pointnext", "ptv3"})
    void theSameIsLearntTwice(String stage) throws IOException {
        String weights = "/rooms/" + stage + "/checkpoints/last.safetensors";
        assertThat(losses("second", stage)).isEqualTo(losses("first", stage));
        assertThat(BUILD.at("second" + weights)).hasSameBinaryContentAs(BUILD.at("first" + weights));
    }

    @Test
    void theyDefineNoOperatorAndNoKernelOfTheirOwn() throws IOException {
        try (Stream<Path> files = Files.walk(BUILD.at("source/src"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("DifferentiableOp", "KernelProvider");
            }
        }
    }
}
