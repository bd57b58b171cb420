package org.scenecontexts.datasets.sunrgbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.raw.RawTree;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class SunRgbdTest {

    @TempDir
    private Path folder;

    private static Dataset data(Path path, Optional<String> split) {
        return new SunRgbdFactory().create(new SunRgbdFactory.Config(path, split, false), new TestContext());
    }

    private void view(int boxes, double... box) throws IOException {
        Path part = Files.createDirectories(folder.resolve("sunrgbd_pc_bbox_votes_50k_v1_val"));
        Npz.write(
                part.resolve("000007_pc.npz"),
                Map.of("pc", NpArray.of(new double[] {1, 2, 3, 0, 0.5, 1, 4, 5, 6, 1, 1, 1}, 2, 6)));
        Npy.write(part.resolve("000007_bbox.npy"), NpArray.of(box, boxes, 8));
    }

    @Test
    void lengthsAreHalvesAndHeadingsCountClockwise() throws IOException {
        view(1, 1, 2, 3, 0.5, 1, 2, 0.25, 3);
        Dataset data = data(folder, Optional.of("val"));
        assertThat(data.id(0)).isEqualTo("000007");
        assertThat(data.classes().names()).hasSize(10).contains("night_stand");
        Scene scene = data.load(0).scene();
        assertThat(scene.positions()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(scene.colours()).containsExactly(0, 127.5f, 255, 255, 255, 255);
        Box box = scene.boxes().getFirst();
        assertThat(new double[] {box.sizeX(), box.sizeY(), box.sizeZ(), box.heading(), box.label()})
                .containsExactly(1, 2, 4, -0.25, 3);
    }

    @Test
    void aViewMayHaveNoBoxes() throws IOException {
        view(0);
        assertThat(data(folder, Optional.of("val")).load(0).scene().boxes()).isEmpty();
    }

    @Test
    void whatThePublishedProgramPreparedIsRead() {
        Path part = TestFiles.golden("more/det_sunrgbd/sunrgbd/sunrgbd_pc_bbox_votes_50k_v1_train/000611_pc.npz")
                .getParent();
        for (Path path : new Path[] {part, part.getParent()}) {
            Scene scene = data(path, Optional.empty()).load(0).scene();
            assertThat(scene.id()).isEqualTo("000611");
            assertThat(scene.size()).isEqualTo(2100);
            assertThat(scene.boxes()).extracting(Box::label).containsExactly(8, 7, 4, 8, 4);
        }
    }

    /** The published loader gives colours minus a half in single precision; here they are rounded once more, at 255. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "plain_repl", "height"})
    void pointsAndColoursAreThoseOfThePublishedItems(String item) {
        Map<String, NpArray> golden = Npz.readAll(TestFiles.golden("more/det_sunrgbd_items.npz"));
        Path part = TestFiles.golden("more/det_sunrgbd/sunrgbd/sunrgbd_pc_bbox_votes_50k_v1_train/000612_pc.npz")
                .getParent();
        Scene scene = RawTree.scene(
                        data(part, Optional.empty()),
                        golden.get(item + "/scan_name").scalarText())
                .select(golden.get(item + "/choices").ints());
        assertThat(scene.positions())
                .isEqualTo(golden.get(item + "/point_clouds").floats());
        float[] colours = golden.get(item + "/pcl_color").floats();
        for (int i = 0; i < colours.length; i++) {
            assertThat(scene.colours()[i] / 255.0 - 0.5).isCloseTo(colours[i], within(1.2e-7));
        }
    }

    @Test
    void whatIsMissingOrWrongIsSaidWithItsPlace() throws IOException {
        assertThatThrownBy(() -> data(folder.resolve("none"), Optional.empty()))
                .hasMessageContaining("none: no such folder")
                .hasMessageContaining("https://rgbd.cs.princeton.edu");
        assertThatThrownBy(() -> data(folder, Optional.of("val"))).hasMessageContaining("'split: val' needs it");
        assertThatThrownBy(() -> data(folder, Optional.empty())).hasMessageContaining("has no view");
        view(1, 1, 2, 3, 0.5, 1, 2, 0.25, 10);
        assertThatThrownBy(() -> data(folder, Optional.of("val")).load(0))
                .hasMessageContaining("000007_bbox.npy, row 0")
                .hasMessageContaining("a class from 0 to 9");
    }
}
