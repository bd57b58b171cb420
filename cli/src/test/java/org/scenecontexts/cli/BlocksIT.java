package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;

/**
 * Four rooms side by side, looked at in blocks by the real program. That objects and boxes on a border come out as one is shown
 * where it is certain what a network says: in the tests of the plugins that find them.
 */
class BlocksIT {

    private static final String TRAIN = """
        name: cut
        stages:
          - id: train
            train:
              data: {type: synthetic-rooms, scenes: 4, rooms: [office]}
              inputs: [colour, height]
              backbone: {type: res16unet14a, width: 0.125, voxel-size: 0.1, shift-to-origin: %s, bn-momentum: 0.1}
              task: %s
              optimizer: {type: adamw, lr: 0.01}
              iterations: %d
        """;

    private static final String BUILDING =
            "data: {type: synthetic-rooms, split: val, scenes: 1, together: 4, rooms: [office]}";

    @TempDir
    Path folder;

    private String run(String pipeline) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
        return InProcess.csc(
                        "run", file.toString(), "--runs", folder.resolve("runs").toString(), "--threads", "2")
                .succeeded();
    }

    private PointCloud cloud(String stage, String name) {
        return CloudFiles.read(
                folder.resolve("runs/cut").resolve(stage).resolve("predictions").resolve(name + ".ply"));
    }

    private static int[] whole(PointCloud cloud, String field) {
        double[] values = cloud.column(field).values().doubles();
        int[] whole = new int[values.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) values[i];
        }
        return whole;
    }

    @Test
    void labelsInBlocksAreThoseOfWholeRooms() throws IOException {
        run(TRAIN.formatted("false", "semantic-segmentation", 40) + """
              - id: rooms
                predict:
                  model: ${train}
                  data: {type: synthetic-rooms, split: val, scenes: 4, rooms: [office]}
              - id: blocks
                predict: {model: "${train}", blocks: {size: 4, overlap: 1.6}, %s}
              - id: measured
                evaluate: {model: "${train}", blocks: {size: 4}, benchmark: semantic-iou, %s}
            """.formatted(BUILDING, BUILDING));
        List<Integer> rooms = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (int label : whole(cloud("rooms", "room-val-0-0000" + i), "label")) {
                rooms.add(label);
            }
        }
        int[] blocks = whole(cloud("blocks", "building-val-0-00000"), "label");
        assertThat(blocks).hasSize(rooms.size());
        int same = 0;
        for (int i = 0; i < blocks.length; i++) {
            same += blocks[i] == rooms.get(i) ? 1 : 0;
        }
        // Rooms of up to 4 m are cut by blocks of 4 m whose cores are 2.4 m wide; a network of a few steps is unsure at
        // many
        // points, and the other rooms are seen beside one's own. Blocks that are not joined leave points out or mix
        // them up.
        assertThat(same / (double) blocks.length).isGreaterThan(0.9);
        assertThat(folder.resolve("runs/cut/measured/metrics.json")).content().contains("\"miou\"", "\"voxel-miou\"");
    }

    @Test
    void objectsOfOneLargeBlockAreThoseOfTheScene() throws IOException {
        String task =
                "{type: instance-segmentation, stuff: [], flat: [], min-points: 1, propose-points: 20, radius: 0.3}";
        run(TRAIN.formatted("true", task, 3) + """
              - id: whole
                predict: {model: "${train}", %s}
              - id: one
                predict: {model: "${train}", blocks: 100, %s}
              - id: cut
                predict: {model: "${train}", blocks: {size: 3, overlap: 1}, %s}
            """.formatted(BUILDING, BUILDING, BUILDING));
        int[] whole = whole(cloud("whole", "building-val-0-00000"), "instance");
        int[] one = whole(cloud("one", "building-val-0-00000"), "instance");
        // Objects may be numbered otherwise, since rows come in another order.
        assertThat(cloud("cut", "building-val-0-00000").size()).isEqualTo(whole.length);
        assertThat(renamed(whole, one)).isGreaterThan(0.99);
        assertThat(renamed(one, whole)).isGreaterThan(0.99);
        assertThat(IntStream.of(whole).distinct().count()).isGreaterThan(2);
    }

    /** Share of the points whose object has the name that the first point of its object has on the other side. */
    private static double renamed(int[] objects, int[] others) {
        Map<Integer, Integer> names = new HashMap<>();
        int same = 0;
        for (int i = 0; i < objects.length; i++) {
            names.putIfAbsent(objects[i], others[i]);
            same += names.get(objects[i]) == others[i] ? 1 : 0;
        }
        return same / (double) objects.length;
    }

    @Test
    void boxesInBlocksAreMeasuredAndWritten() throws IOException {
        String task = "{type: detection, seeds: 128, proposals: 32, boxes: {objectness: 0, min-points: 0}}";
        run(TRAIN.formatted("true", task, 3) + """
              - id: one
                evaluate: {model: "${train}", blocks: 100, benchmark: detection-ap, %s}
              - id: whole
                evaluate: {model: "${train}", benchmark: detection-ap, %s}
              - id: cut
                predict: {model: "${train}", blocks: {size: 4, overlap: 1}, tta: {turns: [0, 90]}, %s}
            """.formatted(BUILDING, BUILDING, BUILDING));
        assertThat(folder.resolve("runs/cut/one/metrics.json")).content().contains("ap");
        assertThat(folder.resolve("runs/cut/cut/predictions/building-val-0-00000.json"))
                .content()
                .contains("\"boxes\"", "\"less-sure\"");
    }
}
