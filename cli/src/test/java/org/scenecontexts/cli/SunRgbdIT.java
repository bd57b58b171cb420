package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.json.JsonFiles;

/** The whole way of SUN RGB-D by the real program: archives, prepared views, a detector, its figures and its boxes. */
class SunRgbdIT {

    /** The stages and transforms of pipelines/sunrgbd/detection.yaml with a small network and few steps. */
    private static final String PIPELINE = """
        name: sun
        seed: 1
        stages:
          - id: raw
            prepare: {type: synthetic-raw, layout: sunrgbd, target: "%1$s/raw", train: 3, val: 1, cameras: 2, density: 0.03}
          - id: views
            prepare: {type: sunrgbd, source: "%1$s/raw", target: "%1$s/prepared", points: 4000}
          - id: train
            train:
              data: {type: sunrgbd, path: "%1$s/prepared", split: train}
              transforms:
                - {type: limit-points, count: 2000}
                - {type: random-rotation, x: 0, y: 0, z: 30}
                - {type: random-scale, min: 0.85, max: 1.15}
                - {type: random-flip, probability: 1, axes: [x], about: origin}
              inputs: [height]
              backbone: {type: pointnet2, points: 1024, width: 0.25, output: seeds}
              task: {type: detection, stuff: [], headings: 12, sizes: sunrgbd, seeds: 128, proposals: 32}
              optimizer: {type: adam, lr: 0.001}
              iterations: 6
              batch: 2
          - id: eval
            evaluate:
              model: ${train}
              data: &val {type: sunrgbd, path: "%1$s/prepared", split: val}
              transforms: [{type: limit-points, count: 2000}]
              benchmark: {type: detection-ap, stuff: []}
              export: true
          - id: boxes
            predict: {model: "${train}", data: *val, transforms: [{type: limit-points, count: 2000}]}
        """;

    @TempDir
    Path folder;

    private InProcess run() throws IOException {
        Path file = Files.writeString(
                folder.resolve("sun.yaml"), PIPELINE.formatted(folder.toString().replace('\\', '/')));
        return InProcess.csc(
                "run", file.toString(), "--runs", folder.resolve("runs").toString(), "--threads", "2");
    }

    private List<String> prepared(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("prepared/sunrgbd_pc_bbox_votes_50k_v1_" + part))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void archivesBecomeADetectorItsFiguresAndItsBoxes() throws IOException {
        run().succeeded();

        assertThat(prepared("val"))
                .containsExactly(
                        "000001_bbox.npy",
                        "000001_pc.npz",
                        "000001_votes.npz",
                        "000002_bbox.npy",
                        "000002_pc.npz",
                        "000002_votes.npz");
        assertThat(prepared("train")).hasSize(3 * 6);
        Path runs = folder.resolve("runs/sun");
        Map<String, Object> metrics = JsonFiles.read(runs.resolve("eval/metrics.json"));
        assertThat(metrics.toString()).contains("map25", "map50");
        assertThat(runs.resolve("eval/reports/boxes.csv")).content().contains("chair,4", "desk,5", "bookshelf,1");
        assertThat(CloudFiles.read(runs.resolve("boxes/predictions/000001.ply")).size())
                .isEqualTo(4000);
        assertThat(JsonFiles.read(runs.resolve("boxes/predictions/000002.json")))
                .containsKey("boxes");
    }

    /** Boxes stand in the scene whichever of its points they were found by; labels would be of points that nobody sees. */
    @Test
    void labelsAreNotGivenWherePointsAreLeftOut() throws IOException {
        Path file = Files.writeString(folder.resolve("labels.yaml"), """
            name: labels
            stages:
              - id: train
                train:
                  data: &data {type: synthetic-rooms, scenes: 1, density: 0.1}
                  inputs: [height]
                  backbone: {type: res16unet14a, width: 0.125, voxel-size: 0.2}
                  task: semantic-segmentation
                  iterations: 1
              - id: eval
                evaluate:
                  model: ${train}
                  data: *data
                  transforms: [{type: limit-points, count: 100}]
                  benchmark: semantic-iou
            """);

        InProcess refused = InProcess.csc(
                "run", file.toString(), "--runs", folder.resolve("runs").toString(), "--threads", "2");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.said()).contains("after the transforms 100", "at every original point");
    }
}
