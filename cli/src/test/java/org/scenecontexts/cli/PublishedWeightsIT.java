package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.testing.TestFiles;

/**
 * A published network's file, given to {@code csc run} with an evaluation pipeline as those of the zoo are, says about
 * every point what the published program says about it.
 */
class PublishedWeightsIT {

    private static final double VOXEL = 0.02;
    private static final int CLASSES = 20;
    /** Where the two best scores are closer than this, rounding may decide. */
    private static final float TIE = 1e-3f;

    @TempDir
    Path folder;

    private Path pipeline(String width) throws IOException {
        String classes = IntStream.range(0, CLASSES).mapToObj(k -> "c" + k).collect(Collectors.joining(", "));
        String labels = IntStream.range(0, CLASSES)
                .mapToObj(k -> "\"" + k + "\": c" + k)
                .collect(Collectors.joining(", "));
        return Files.writeString(folder.resolve("golden.yaml"), """
                name: golden
                stages:
                  - id: eval
                    evaluate:
                      model: "%s"
                      network:
                        backbone:
                          type: res16unet14
                          width: %s
                          conv1-kernel-size: 5
                          voxel-size: %s
                          shift-to-origin: false
                        task: semantic-segmentation
                      data:
                        type: point-clouds
                        path: "%s"
                        label-field: label
                        classes: [%s]
                        labels: {%s, "255": ignore}
                      benchmark: semantic-iou
                      export: true
                """.formatted(
                        TestFiles.golden("net_res16unet14_div8.pth").toString().replace('\\', '/'),
                        width,
                        VOXEL,
                        folder.resolve("clouds").toString().replace('\\', '/'),
                        classes,
                        labels));
    }

    /** Points in the middle of the published voxels, and colours that become the published features. */
    private List<float[]> writeClouds(Map<String, NpArray> golden) throws IOException {
        Files.createDirectories(folder.resolve("clouds"));
        int[] coordinates = golden.get("coords").ints();
        float[] features = golden.get("feats").floats();
        int[] labels = golden.get("labels").ints();
        float[] scores = golden.get("eval_out_f32").floats();
        List<float[]> scoresOfScenes = new ArrayList<>();
        for (int scene = 0; scene < 2; scene++) {
            int number = scene;
            int[] rows = IntStream.range(0, labels.length)
                    .filter(row -> coordinates[4 * row] == number)
                    .toArray();
            float[] points = new float[3 * rows.length];
            float[] colours = new float[3 * rows.length];
            float[] sceneScores = new float[CLASSES * rows.length];
            for (int i = 0; i < points.length; i++) {
                points[i] = (float) ((coordinates[4 * rows[i / 3] + 1 + i % 3] + 0.5) * VOXEL);
                colours[i] = (features[3 * rows[i / 3] + i % 3] + 0.5f) * 255;
            }
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(scores, CLASSES * rows[i], sceneScores, CLASSES * i, CLASSES);
            }
            Map<String, NpArray> arrays = new LinkedHashMap<>();
            arrays.put("points", NpArray.of(points, rows.length, 3));
            arrays.put("colors", NpArray.of(colours, rows.length, 3));
            arrays.put(
                    "label",
                    NpArray.of(IntStream.of(rows).map(row -> labels[row]).toArray(), rows.length));
            Npz.write(folder.resolve("clouds/scene" + scene + ".npz"), arrays);
            scoresOfScenes.add(sceneScores);
        }
        return scoresOfScenes;
    }

    @Test
    void everyPointGetsThePublishedClass() throws IOException {
        List<float[]> scores = writeClouds(Npz.readAll(TestFiles.golden("net_res16unet14_div8_me043.npz")));

        InProcess run = InProcess.csc(
                "run",
                pipeline("0.125").toString(),
                "--runs",
                folder.resolve("runs").toString());

        assertThat(run.exitCode()).as(run.said()).isZero();
        int compared = 0;
        for (int scene = 0; scene < scores.size(); scene++) {
            int[] labels = exported("scene" + scene).column("label").values().ints();
            assertThat(CLASSES * labels.length).isEqualTo(scores.get(scene).length);
            for (int i = 0; i < labels.length; i++) {
                int best = best(scores.get(scene), i, -1);
                int second = best(scores.get(scene), i, best);
                if (scores.get(scene)[CLASSES * i + best] - scores.get(scene)[CLASSES * i + second] > TIE) {
                    assertThat(labels[i]).as("scene %d, point %d", scene, i).isEqualTo(best);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(1500);
    }

    @Test
    void anotherWidthIsRefusedWithTheShapesOfBoth() throws IOException {
        writeClouds(Npz.readAll(TestFiles.golden("net_res16unet14_div8_me043.npz")));

        InProcess run = InProcess.csc(
                "run",
                pipeline("0.25").toString(),
                "--runs",
                folder.resolve("runs").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.said())
                .contains("net_res16unet14_div8.pth: does not fit the network", "[125, 3, 4] in the file");
    }

    private PointCloud exported(String scene) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("runs/golden/eval"))) {
            Path file = files.filter(path -> path.getFileName().toString().equals(scene + ".ply"))
                    .findFirst()
                    .orElseThrow();
            return CloudFiles.read(file);
        }
    }

    private static int best(float[] scores, int row, int except) {
        int best = except == 0 ? 1 : 0;
        for (int k = 0; k < CLASSES; k++) {
            if (k != except && scores[CLASSES * row + k] > scores[CLASSES * row + best]) {
                best = k;
            }
        }
        return best;
    }
}
