package org.scenecontexts.datasets.scannet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.raw.RawTree;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

/** The published files of detection give the published items: points, boxes and which of them are kept. */
class GoldenDetectionTest {

    private static Dataset open(String split, Optional<String> scenes, Optional<String> boxes, boolean legacy) {
        Path root = TestFiles.golden("more/det_scannet");
        return new ScannetDetectionFactory()
                .create(
                        new ScannetDetectionFactory.Config(
                                root.resolve("scannet_train_detection_data"),
                                Optional.empty(),
                                scenes.isPresent() ? Optional.empty() : Optional.of(split),
                                scenes.map(root::resolve),
                                boxes.map(root::resolve),
                                legacy,
                                false),
                        new TestContext());
    }

    @ParameterizedTest
    @CsvSource({
        "plain, train, , ",
        "plain_repl, train, , ",
        "height, val, , ",
        "test_nolabels, test, , ",
        "by_scenes, train, by_scenes.txt, ",
        "by_points, train, , bbox_list.pth",
        "by_points_missing, train, , bbox_list.pth"
    })
    void pointsAndBoxesEqualThePublished(String item, String split, String scenes, String boxes) {
        Map<String, NpArray> golden = Npz.readAll(TestFiles.golden("more/det_scannet_items.npz"));
        Dataset data = open(split, Optional.ofNullable(scenes), Optional.ofNullable(boxes), true);
        Scene scene = RawTree.scene(data, golden.get(item + "/scan_name").scalarText())
                .select(golden.get(item + "/choices").ints());
        NpArray cloud = golden.get(item + "/point_clouds");
        float[] points = cloud.floats();
        for (int i = 0; i < scene.size(); i++) {
            for (int axis = 0; axis < 3; axis++) {
                assertThat(scene.positions()[3 * i + axis]).isEqualTo(points[i * cloud.dim(1) + axis]);
            }
        }
        double[] mask = golden.get(item + "/box_label_mask").doubles();
        double[] centres = golden.get(item + "/center_label").doubles();
        int[] classes = golden.get(item + "/sem_cls_label").ints();
        int count = 0;
        for (double real : mask) {
            count += real > 0 ? 1 : 0;
        }
        assertThat(scene.boxes()).hasSize(count);
        for (int row = 0; row < count; row++) {
            Box box = scene.boxes().get(row);
            assertThat(box.label()).isEqualTo(classes[row]);
            // Copied from the file and rounded to single precision, so that no bit may differ.
            assertThat((float) box.centreX()).isEqualTo((float) centres[3 * row]);
            assertThat((float) box.centreY()).isEqualTo((float) centres[3 * row + 1]);
            assertThat((float) box.centreZ()).isEqualTo((float) centres[3 * row + 2]);
        }
    }

    @Test
    void boxesKnowTheObjectsThatTheyAreDrawnAround() {
        Scene scene = RawTree.scene(open("train", Optional.empty(), Optional.empty(), false), "scene0610_00");
        assertThat(scene.boxes().stream().map(Box::instance)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aListThatLeavesScansOutIsRefusedUnlessAsPublished() {
        Path files = TestFiles.golden("more/det_scannet");
        assertThat(files).exists();
        assertThatThrownBy(() -> open("train", Optional.empty(), Optional.of("bbox_list.pth"), false))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene0611_01")
                .hasMessageContaining("legacy");
    }
}
