package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.torch.PointLists;

/** The pipeline of the published selections, every stage of it with next to nothing to do, on a synthetic ScanNet. */
class ActiveSelectionIT {

    private static final Path SELECTION = Path.of("..", "pipelines/scannet/active-selection.yaml")
            .toAbsolutePath()
            .normalize();
    private static final String NET = "{type: res16unet14a, width: 0.125, voxel-size: 0.1}";

    private static final String BEFORE = """
        name: before
        stages:
          - id: raw
            prepare: {type: synthetic-raw, layout: scannet, target: HERE/raw, train: 2, val: 1, test: 0, cameras: 2, density: 0.1}
          - id: scenes
            prepare: {type: scannet, source: HERE/raw, target: HERE/prepared}
          - id: pretrain
            train:
              data: {type: synthetic-pairs, scenes: 2, density: 0.05}
              inputs: [colour]
              backbone: NET
              task: contrastive
              optimizer: {type: adamw, lr: 0.01}
              iterations: 1
        """;

    @TempDir
    Path folder;

    @Test
    void everySelectionIsLearntFromAndSaysWhichObjectsItCovers() throws IOException {
        Path runs = folder.resolve("runs");
        Path before = Files.writeString(
                folder.resolve("before.yaml"),
                BEFORE.replace("HERE", folder.toString()).replace("NET", NET));
        InProcess.csc("run", before.toString(), "--runs", runs.toString(), "--threads", "2")
                .succeeded();

        List<String> command =
                new ArrayList<>(List.of("run", SELECTION.toString(), "--runs", runs.toString(), "--threads", "2"));
        for (String setting : List.of(
                "matrix.points=[20]",
                "train.backbone=" + NET,
                "train.iterations=2",
                "train.accumulate=1",
                "train.batch=1",
                "train.validation.every=2")) {
            command.addAll(List.of("--set", setting));
        }
        InProcess.csc(
                        Map.of(
                                "SCANNET",
                                folder.resolve("prepared").toString(),
                                "LISTS",
                                folder.resolve("lists").toString(),
                                "PRETRAINED",
                                runs.resolve("before/pretrain").toString()),
                        command.toArray(String[]::new))
                .succeeded();

        Path run = runs.resolve("scannet-active-selection");
        List<String> cells = Files.readAllLines(run.resolve("cells.csv"));
        List<String> header = List.of(cells.getFirst().split(","));
        assertThat(cells.stream().filter(line -> line.startsWith("eval,20"))).hasSize(3 * 2);
        List<String> selections = cells.stream()
                .filter(line -> line.startsWith("random,20") || line.startsWith("k-means,20"))
                .toList();
        assertThat(selections).hasSize(1 + 2);
        for (String line : selections) {
            assertThat(Double.parseDouble(line.split(",", -1)[header.indexOf("objects-covered")]))
                    .as(line)
                    .isBetween(0.05, 1.0);
        }
        for (String list : List.of("random", "raw", "features")) {
            assertThat(PointLists.read(folder.resolve("lists/" + list + "-20.pth")))
                    .hasSize(2)
                    .allSatisfy((scene, points) -> assertThat(points).hasSize(20));
        }
    }
}
