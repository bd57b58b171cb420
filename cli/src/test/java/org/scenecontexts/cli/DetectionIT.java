package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.json.JsonFiles;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.Weights;
import org.scenecontexts.testing.TestFiles;

/** Detection by the real program: own clouds with own boxes, predictions for one cloud, published files. */
class DetectionIT {

    private static final String CLOUDS = """
        name: boxes
        seed: 1
        stages:
          - id: train
            train:
              data: &data
                type: point-clouds
                path: "%1$s/clouds"
                classes: [chair, table]
                boxes: "%1$s/boxes"
              inputs: [height]
              backbone: {type: pointnet2, points: 512, width: 0.25, output: seeds}
              task: {type: detection, seeds: 64, proposals: 16}
              optimizer: {type: adamw, lr: 0.001}
              iterations: 3
          - id: eval
            evaluate:
              model: ${train}
              data: *data
              benchmark: {type: detection-ap, submission: true, confidence: 0}
              export: true
        """;

    @TempDir
    Path folder;

    private String path(Path path) {
        return path.toString().replace('\\', '/');
    }

    private Path run(String pipeline) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
        Path runs = folder.resolve("runs");
        InProcess.csc("run", file.toString(), "--runs", runs.toString(), "--threads", "2")
                .succeeded();
        return runs;
    }

    /** A floor of 4 x 4 m with blocks on it, and the boxes around them as this program writes boxes. */
    private void cloud(String name, int boxes) throws IOException {
        SplittableRandom random = new SplittableRandom(boxes);
        StringBuilder text = new StringBuilder("x,y,z\n");
        for (int i = 0; i < 400; i++) {
            text.append("%.3f,%.3f,0%n".formatted(random.nextDouble(-2, 2), random.nextDouble(-2, 2)));
        }
        List<Map<String, Object>> table = new ArrayList<>();
        for (int b = 0; b < boxes; b++) {
            double[] centre = {random.nextDouble(-1.5, 1.5), random.nextDouble(-1.5, 1.5), 0.25};
            for (int i = 0; i < 20; i++) {
                text.append("%.3f,%.3f,%.3f%n"
                        .formatted(
                                centre[0] + random.nextDouble(-0.25, 0.25),
                                centre[1] + random.nextDouble(-0.25, 0.25),
                                random.nextDouble(0, 0.5)));
            }
            table.add(Map.of(
                    "class",
                    b % 2 == 0 ? "chair" : "table",
                    "centre",
                    centre,
                    "size",
                    new double[] {0.5, 0.5, 0.5},
                    "heading",
                    0.0));
        }
        Files.createDirectories(folder.resolve("clouds"));
        Files.writeString(folder.resolve("clouds/" + name + ".csv"), text);
        JsonFiles.write(folder.resolve("boxes/" + name + ".boxes.json"), Map.of("boxes", table));
    }

    /** 64 is the published maximum. */
    @Test
    void cloudsWithoutWithOneAndWithManyBoxesAreTrainedMeasuredAndSubmitted() throws IOException {
        cloud("none", 0);
        cloud("one", 1);
        cloud("many", 70);

        Path eval = run(CLOUDS.formatted(path(folder))).resolve("boxes/eval");

        assertThat(Files.readString(eval.resolve("metrics.json"))).contains("\"map25\"", "\"recall50\"");
        assertThat(eval.resolve("reports/boxes.csv")).content().contains("chair,36", "table,35");
        assertThat(eval.resolve("reports/lost-boxes.csv")).content().contains("true boxes", "chair,36");
        Path exports = eval.resolve("exports/detection-ap");
        assertThat(exports.resolve("benchmark_output")).isDirectoryContaining("glob:**many.txt");
        assertThat(exports.resolve("many.boxes.ply")).isNotEmptyFile();
        // What is written can be trained with: the class by its name, lengths above 0.
        assertThat(JsonFiles.read(exports.resolve("many.boxes.json"))).containsKeys("boxes", "less-sure");
    }

    /** In a process of its own, as users see it. */
    private Path predict(String cloud, String... more) throws IOException, InterruptedException {
        Path out = folder.resolve("out.ply");
        List<String> command = new ArrayList<>(List.of(
                "predict",
                "--model",
                folder.resolve("runs/boxes/train").toString(),
                "--out",
                out.toString(),
                "--threads",
                "2"));
        command.addAll(List.of(more));
        command.add(folder.resolve(cloud).toString());
        said = new DistributionProcess(folder)
                .csc(120, command.toArray(String[]::new))
                .all();
        return out;
    }

    private String said = "";

    @Test
    void oneOwnCloudGetsItsBoxesAsWiresAndAsATable() throws Exception {
        cloud("one", 6);
        run(CLOUDS.formatted(path(folder)));

        Path out = predict("clouds/one.csv", "--confidence", "0");
        assertThat(CloudFiles.read(out).size()).isEqualTo(400 + 6 * 20);
        Map<String, Object> document = JsonFiles.read(folder.resolve("out.json"));
        List<?> boxes = (List<?>) document.get("boxes");
        assertThat(boxes).isNotEmpty();
        assertThat(document).containsEntry("less-sure", 0);
        PointCloud wires = CloudFiles.read(folder.resolve("out.boxes.ply"));
        assertThat(wires.size()).isEqualTo(8 * boxes.size());
        assertThat(said).contains("out.json", "out.boxes.ply");

        predict("clouds/one.csv", "--confidence", "1");
        assertThat((List<?>) JsonFiles.read(folder.resolve("out.json")).get("boxes"))
                .isEmpty();
        assertThat(said).contains("no box is as sure as 1.0", "--confidence");
    }

    /** Millimetres, or y up: wires lie over the cloud as it is, the table is in metres with z up. */
    @ParameterizedTest
    @CsvSource({"1000, z, --scale 0.001", "1, y, --up y"})
    void aCloudInAnotherFrameIsSaidAndItsWiresLieOverIt(double factor, String up, String advice) throws Exception {
        cloud("one", 6);
        run(CLOUDS.formatted(path(folder)));
        Path strange = folder.resolve("strange.csv");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("clouds/one.csv"))) {
            if (line.startsWith("x")) {
                lines.add(line);
                continue;
            }
            String[] words = line.split(",");
            double[] p = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                p[axis] = factor * Double.parseDouble(words[axis]);
            }
            lines.add(up.equals("y") ? p[0] + "," + p[2] + "," + -p[1] : p[0] + "," + p[1] + "," + p[2]);
        }
        Files.write(strange, lines);

        predict("strange.csv", "--confidence", "0");
        assertThat(said).contains("try " + advice);

        predict("strange.csv", "--confidence", "0", "--scale", String.valueOf(1 / factor), "--up", up);
        assertThat(said).doesNotContain("try --");
        List<?> boxes = (List<?>) JsonFiles.read(folder.resolve("out.json")).get("boxes");
        List<?> centre = (List<?>) ((Map<?, ?>) boxes.getFirst()).get("centre");
        PointCloud wires = CloudFiles.read(folder.resolve("out.boxes.ply"));
        double[] middle = new double[3];
        for (int corner = 0; corner < 8; corner++) {
            for (int axis = 0; axis < 3; axis++) {
                middle[axis] +=
                        wires.column(List.of("x", "y", "z").get(axis)).values().doubles()[corner] / 8;
            }
        }
        double[] expected = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            expected[axis] = factor * ((Number) centre.get(axis)).doubleValue();
        }
        double[] found = up.equals("y") ? new double[] {middle[0], -middle[2], middle[1]} : middle;
        for (int axis = 0; axis < 3; axis++) {
            assertThat(found[axis]).isCloseTo(expected[axis], org.assertj.core.api.Assertions.within(1e-3 * factor));
        }
    }

    /** Gives every point of a cloud the same colour. */
    private static void inGrey(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        List<String> coloured = new ArrayList<>(List.of(lines.getFirst() + ",red,green,blue"));
        lines.stream().skip(1).forEach(line -> coloured.add(line + ",128,128,128"));
        Files.write(csv, coloured);
    }

    /** The published file of a whole detector, as it is named. */
    @Test
    void aPublishedCheckpointIsMeasured() throws IOException {
        Path weights = Files.copy(TestFiles.golden("more/votenet_sparse.pth"), folder.resolve("checkpoint.tar"));
        cloud("one", 6);
        inGrey(folder.resolve("clouds/one.csv"));
        Path runs = run("""
                name: zoo
                stages:
                  - id: eval
                    evaluate:
                      model: "%s"
                      network:
                        inputs: ["colour-109.8-97.2-83.8/256"]
                        layout: minkowski-0.4
                        backbone: {type: res16unet34c, width: 0.125, voxel-size: 0.025, shift-to-origin: false}
                        task:
                          type: detection
                          stuff: []
                          proposals: 64
                          width: 256
                          headings: 1
                          sizes: scannet
                          published-prefix: backbone_net.net.
                          legacy: true
                      data:
                        type: point-clouds
                        path: "%s/clouds"
                        classes: [chair, table, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r]
                        boxes: "%s/boxes"
                      benchmark: {type: detection-ap, stuff: []}
                """.formatted(path(weights), path(folder), path(folder)));
        assertThat(runs.resolve("zoo/eval/metrics.json")).content().contains("\"map25\"");
    }

    /** All of the backbone but what detection does not have (REFERENCE 11.3), at a learning rate that changes nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"more/pretrain_pointnet2.pth", "net_res16unet14_div8.pth"})
    void preTrainedBackbonesMoveIntoDetectors(String file) throws IOException {
        boolean sparse = file.startsWith("net");
        cloud("one", 6);
        Path runs = run("""
                name: moved
                stages:
                  - id: train
                    train:
                      data: {type: point-clouds, path: "%s/clouds", classes: [chair, table], boxes: "%s/boxes"}
                      inputs: [%s]
                      backbone: %s
                      task: {type: detection, seeds: 64, proposals: 16, width: 256, published-prefix: %s}
                      init: "%s"
                      optimizer: {type: sgd, lr: 1e-12, momentum: 0, weight-decay: 0}
                      iterations: 1
                """.formatted(
                        path(folder),
                        path(folder),
                        sparse ? "position" : "height",
                        sparse
                                ? "{type: res16unet14, width: 0.125, conv1-kernel-size: 5, voxel-size: 0.1}"
                                : "{type: pointnet2, points: 4096, use-inputs: false, output: seeds}",
                        sparse ? "backbone_net.net." : "backbone_net.",
                        path(TestFiles.golden(file))));
        Weights before = WeightFiles.read(TestFiles.golden(file));
        Weights after = WeightFiles.read(runs.resolve("moved/train/checkpoints/last.safetensors"));
        int moved = 0;
        for (String name : before.tensors().keySet()) {
            boolean head = name.startsWith("final") || name.startsWith("fp3") || name.startsWith("fp4");
            if (!head && name.endsWith("weight") || !head && name.endsWith("kernel")) {
                assertThat(after.tensors()).containsKey(name);
                float[] own = after.tensors().get(name).floats();
                float[] published = before.tensors().get(name).floats();
                for (int i = 0; i < own.length; i++) {
                    assertThat(own[i]).isCloseTo(published[i], org.assertj.core.api.Assertions.within(1e-6f));
                }
                moved++;
            }
        }
        assertThat(moved).isGreaterThan(20);
        if (sparse) {
            assertThat(after.tensors().get("final.kernel").shape()).endsWith(256);
        } else {
            assertThat(after.tensors().keySet()).noneMatch(name -> name.startsWith("fp3"));
        }
    }
}
