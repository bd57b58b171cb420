package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;

/** Instance segmentation by the real program: either backbone, and scenes in which there is little to find. */
class InstancesIT {

    private static final String ROOMS = """
        name: objects
        stages:
          - id: train
            train:
              data: {type: synthetic-rooms, scenes: 2, rooms: [office]}
              inputs: [colour, height]
              backbone: {type: res16unet14a, width: 0.125, voxel-size: 0.1}
              task: {type: instance-segmentation, min-points: 1, propose-points: 1}
              optimizer: {type: adamw, lr: 0.01}
              iterations: 3
          - id: eval
            evaluate:
              model: ${train}
              data: {type: synthetic-rooms, split: val, scenes: 1, rooms: [office]}
              benchmark: {type: instance-ap, submission: true}
              export: true
        """;

    private static final String CLOUDS = """
        name: clouds
        stages:
          - id: train
            train:
              data: &data
                type: point-clouds
                path: clouds
                label-field: label
                classes: [table, object]
                instance-field: instance
                stuff: [table]
              inputs: [height]
              backbone: {type: res16unet14a, width: 0.125, voxel-size: 0.1}
              task: {type: instance-segmentation, stuff: [table]}
              optimizer: {type: adamw, lr: 0.01}
              iterations: 4
          - id: eval
            evaluate:
              model: ${train}
              data: *data
              benchmark: {type: instance-ap, stuff: [table], submission: true}
              export: true
        """;

    @TempDir
    Path folder;

    private Path run(String pipeline, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
        Path runs = folder.resolve("runs");
        List<String> command =
                new java.util.ArrayList<>(List.of("run", file.toString(), "--runs", runs.toString(), "--threads", "2"));
        command.addAll(List.of(more));
        InProcess.csc(command.toArray(String[]::new)).succeeded();
        return runs;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: res16unet14a, width: 0.125, voxel-size: 0.1}",
                "{type: pointnet2, points: 2048, width: 0.25}"
            })
    void eitherBackboneServesTheTaskByOneLine(String backbone) throws IOException {
        Path runs = run(ROOMS, "--set", "train.backbone=" + backbone);

        Path eval = runs.resolve("objects/eval");
        assertThat(Files.readString(eval.resolve("metrics.json")))
                .contains("\"ap50\"", "\"voxel-ap50\"", "mean-recall");
        assertThat(eval.resolve("reports/lost-objects.csv")).content().contains("true objects", "chair");
        assertThat(eval.resolve("exports/instance-ap")).isDirectoryContaining("glob:**.ply");
        assertThat(eval.resolve("exports/instance-ap")).isDirectoryContaining("glob:**.json");
        assertThat(eval.resolve("exports/instance-ap/benchmark_instance")).isDirectoryContaining("glob:**.txt");
    }

    /** A square of 20 x 20 points every 10 cm. */
    private void cloud(String name, int label, int instance) throws IOException {
        StringBuilder text = new StringBuilder("x,y,z,label,instance\n");
        for (int i = 0; i < 400; i++) {
            text.append(
                    "%.2f,%.2f,%.2f,%d,%d%n".formatted(0.1 * (i % 20), 0.1 * (i / 20), 0.1 * (i % 3), label, instance));
        }
        Files.writeString(folder.resolve("clouds").resolve(name), text);
    }

    @ParameterizedTest(name = "class {0}")
    @CsvSource({"0, -1", "1, 7"})
    void cloudsOfOneClassAreTrainedMeasuredAndExported(int label, int instance) throws IOException {
        Files.createDirectories(folder.resolve("clouds"));
        cloud("a.csv", label, instance);
        cloud("b.csv", label, instance);

        Path runs = run(CLOUDS.replace("path: clouds", "path: " + folder.resolve("clouds")));

        Path eval = runs.resolve("clouds/eval");
        assertThat(eval.resolve("metrics.json")).exists();
        assertThat(eval.resolve("exports/instance-ap/a.ply")).isNotEmptyFile();
        assertThat(eval.resolve("exports/instance-ap/benchmark_instance/a.txt")).exists();
        Path out = folder.resolve("out.ply");
        InProcess.csc(
                        "predict",
                        "--model",
                        runs.resolve("clouds/train").toString(),
                        "--out",
                        out.toString(),
                        "--colours",
                        "objects",
                        "--threads",
                        "2",
                        folder.resolve("clouds/a.csv").toString())
                .succeeded();
        PointCloud cloud = CloudFiles.read(out);
        assertThat(cloud.size()).isEqualTo(400);
        assertThat(cloud.names()).contains("label", "confidence", "instance", "red", "green", "blue");
        assertThat(folder.resolve("out.json")).content().contains("\"objects\"");
    }

    @Test
    void aNameThatIsNoClassEndsTheRunBeforeAnythingIsTrained() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                ROOMS.replace("{type: instance-segmentation,", "{type: instance-segmentation, stuff: [Wall],"));

        InProcess run = InProcess.csc(
                "run", file.toString(), "--runs", folder.resolve("runs").toString());

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.said()).contains("names the class 'Wall'", "chair");
    }
}
