package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.log.Json;

/**
 * ScanNet and S3DIS from their raw files to a submission, by the real program on synthetic rooms in the raw layouts: written,
 * prepared, trained on for a few steps, measured, submitted, and the submission read and counted again.
 */
class RawTreesIT {

    /** The numbers that ScanNet's server has for the twenty classes (REFERENCE 5.2). */
    private static final String NYU40 = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 24, 28, 33, 34, 36, 39]";

    private static final String SEMANTIC =
            "{type: semantic-iou, ply: false, submission: true, submission-labels: LABELS}";
    private static final String OBJECTS =
            "{type: instance-ap, stuff: [], min-region: 20, objects: false, submission: true, submission-labels: LABELS}";

    private static final String SCANNET = """
        name: scannet
        defaults: &net
          inputs: [colour]
          backbone: {type: res16unet14a, width: 0.125, voxel-size: 0.1}
          optimizer: {type: adamw, lr: 0.02}
        stages:
          - id: raw
            prepare: {type: synthetic-raw, layout: scannet, target: HERE/raw, train: 3, val: 2, test: 1, cameras: 3, density: 0.2}
          - id: scenes
            prepare: {type: scannet, source: HERE/raw, target: HERE/prepared}
          - id: train
            train:
              data: {type: scannet, path: HERE/prepared, stuff: []}
              task: {type: instance-segmentation, stuff: [], radius: 0.3, min-points: 5, propose-points: 10}
              iterations: 30
          - id: eval
            evaluate: {model: "${train}", data: {type: scannet, path: HERE/prepared, stuff: [], split: val}, benchmark: [SEMANTIC, OBJECTS], export: true}
          - id: submission
            evaluate: {model: "${train}", data: {type: scannet, path: HERE/prepared, stuff: [], split: test}, benchmark: [SEMANTIC, OBJECTS], export: true}
          - id: boxes
            prepare: {type: scannet-detection, source: HERE/raw, target: HERE/boxes}
          - id: detect
            train:
              data: {type: scannet-detection, path: HERE/boxes}
              backbone: {type: pointnet2, points: 1024, width: 0.25}
              inputs: [height]
              task: {type: detection, stuff: [], seeds: 128, proposals: 32}
              iterations: 2
          - id: found
            evaluate:
              model: ${detect}
              data: {type: scannet-detection, path: HERE/boxes, split: val}
              benchmark: {type: detection-ap, stuff: [], submission: true}
              export: true
        """;

    private static final String SCANNET200 = """
        name: scannet200
        stages:
          - id: raw
            prepare: {type: synthetic-raw, layout: scannet, target: HERE/raw, train: 1, val: 1, test: 0, cameras: 2, density: 0.1}
          - id: scenes
            prepare: {type: scannet, source: HERE/raw, target: HERE/prepared, label-set: scannet200}
          - id: train
            train:
              data: {type: scannet, path: HERE/prepared, label-set: scannet200}
              inputs: [colour]
              backbone: {type: res16unet14a, width: 0.125, voxel-size: 0.1}
              task: semantic-segmentation
              optimizer: {type: adamw, lr: 0.02}
              iterations: 10
          - id: eval
            evaluate:
              model: ${train}
              data: {type: scannet, path: HERE/prepared, split: val, label-set: scannet200}
              benchmark: {type: semantic-iou, ply: false, submission: true}
              export: true
        """;

    private static final String S3DIS = """
        name: s3dis
        matrix: {folds: area, area: [1, 2, 3, 4, 5, 6]}
        stages:
          - id: raw
            prepare: {type: synthetic-raw, layout: s3dis, target: HERE/raw, train: 5, val: 1, cameras: 2, density: 0.1}
          - id: rooms
            prepare: {type: s3dis, source: HERE/raw, target: HERE/prepared}
          - id: train
            train:
              data: {type: s3dis, path: HERE/prepared, except: ["${matrix.area}"]}
              inputs: [colour]
              backbone: {type: res16unet14a, width: 0.125, voxel-size: 0.1}
              task: semantic-segmentation
              optimizer: {type: adamw, lr: 0.02}
              iterations: 6
          - id: eval
            evaluate:
              model: ${train}
              data: {type: s3dis, path: HERE/prepared, areas: ["${matrix.area}"]}
              benchmark: {type: semantic-iou, ply: false, submission: true}
              export: true
        """;

    @TempDir
    Path folder;

    private Path run(String pipeline) throws IOException {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                pipeline.replace("SEMANTIC", SEMANTIC)
                        .replace("OBJECTS", OBJECTS)
                        .replace("LABELS", NYU40)
                        .replace("HERE", folder.toString()));
        Path runs = folder.resolve("runs");
        InProcess.csc("run", file.toString(), "--runs", runs.toString(), "--threads", "2")
                .succeeded();
        return runs;
    }

    private InProcess score(Path submission, String data, String benchmark, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "score",
                submission.toString(),
                "--data",
                data.replace("HERE", folder.toString()),
                "--benchmark",
                benchmark.replace("LABELS", NYU40)));
        arguments.addAll(Arrays.asList(more));
        return InProcess.csc(arguments.toArray(String[]::new));
    }

    private Map<String, Object> scored(Path submission, String data, String benchmark) {
        Path out = folder.resolve("scored.json");
        assertThat(score(submission, data, benchmark, "--out", out.toString()).succeeded())
                .contains("valid: ");
        return Json.read(out).orElseThrow();
    }

    /** The figures of a server are those that were told when its files were written. */
    private static void assertSameFigures(Map<String, Object> scored, Path evaluation, String... names) {
        assertThat(scored.keySet()).containsExactly(names);
        Map<String, Object> told = Json.read(evaluation.resolve("metrics.json")).orElseThrow();
        for (String name : names) {
            assertThat(scored.get(name)).as(name).isEqualTo(told.get(name));
            assertThat((Double) scored.get(name)).as(name).isPositive();
        }
    }

    @Test
    void scannetGoesFromRawFilesToSubmissionsThatCountAsTheyWereMeasured() throws IOException {
        Path run = run(SCANNET).resolve("scannet");

        Path eval = run.resolve("eval");
        String val = "{type: scannet, path: HERE/prepared, stuff: [], split: val}";
        assertSameFigures(
                scored(eval.resolve("exports/semantic-iou"), val, SEMANTIC),
                eval,
                "miou",
                "accuracy",
                "mean-class-accuracy");
        assertSameFigures(scored(eval.resolve("exports/instance-ap"), val, OBJECTS), eval, "ap50", "ap25", "ap");
        assertThat(Files.readString(eval.resolve("metrics.json")))
                .contains("\"voxel-miou\"", "\"voxel-average-precision\"", "\"voxel-ap50\"");

        Path submission = run.resolve("submission/exports");
        String test = "{type: scannet, path: HERE/prepared, split: test}";
        assertThat(score(submission.resolve("semantic-iou"), test, SEMANTIC).succeeded())
                .contains("1 scenes", "none of the scenes has labels");
        assertThat(score(submission.resolve("instance-ap"), test, OBJECTS).succeeded())
                .contains("none of the scenes has labels");
        assertThat(run.resolve("found/exports/detection-ap/benchmark_output")).isDirectoryContaining("glob:**.txt");

        Path wrong = eval.resolve("exports/semantic-iou/benchmark_segmentation");
        Path file = files(wrong).getFirst();
        Files.writeString(file, Files.readString(file).replaceFirst("\\n\\d+\\n", "\n13\n"));
        InProcess refused = score(wrong, val, SEMANTIC);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.said()).contains(file.getFileName() + ", line 2: 13 is the number of no class");
    }

    @Test
    void scannet200HasItsOwnWay() throws IOException {
        Path eval = run(SCANNET200).resolve("scannet200/eval");

        assertSameFigures(
                scored(
                        eval.resolve("exports/semantic-iou"),
                        "{type: scannet, path: HERE/prepared, split: val, label-set: scannet200}",
                        "semantic-iou"),
                eval,
                "miou",
                "accuracy",
                "mean-class-accuracy");
    }

    /** What the folds are as one evaluation is also what all their files say against all areas. */
    @Test
    void theSixFoldsOfS3disAreOneFigure() throws IOException {
        Path run = run(S3DIS).resolve("s3dis");

        Path all = Files.createDirectories(folder.resolve("all"));
        for (int area = 1; area <= 6; area++) {
            for (Path file :
                    files(run.resolve("eval@area=" + area).resolve("exports/semantic-iou/benchmark_segmentation"))) {
                Files.copy(file, all.resolve(file.getFileName()));
            }
        }
        Map<String, Object> scored =
                scored(all, "{type: s3dis, path: HERE/prepared, areas: [1, 2, 3, 4, 5, 6]}", "semantic-iou");
        List<String> table = Files.readAllLines(run.resolve("folds.csv"));
        assertThat(table)
                .hasSize(2)
                .first()
                .isEqualTo("stage,folds,failed,miou,accuracy,mean-class-accuracy,voxel-miou,voxel-accuracy,"
                        + "voxel-mean-class-accuracy");
        List<String> row = List.of(table.getLast().split(","));
        assertThat(row.subList(0, 3)).containsExactly("eval", "6", "0");
        assertThat(Double.valueOf(row.get(3))).isEqualTo(scored.get("miou")).isPositive();
        assertThat(Double.valueOf(row.get(4))).isEqualTo(scored.get("accuracy"));
        assertThat(Double.parseDouble(row.get(6))).isPositive();
    }

    private static List<Path> files(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.sorted().toList();
        }
    }
}
