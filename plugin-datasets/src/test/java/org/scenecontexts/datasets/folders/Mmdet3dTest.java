package org.scenecontexts.datasets.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.folders.Mmdet3dFactory.Contents;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;

/** Folders of MMDetection3D: floats and 64-bit masks without headers. */
class Mmdet3dTest {

    @TempDir
    private Path folder;

    private Path root;

    private final TestContext context = new TestContext();

    @BeforeEach
    void root() {
        root = folder.resolve("data");
    }

    private Dataset data(Contents contents, Optional<String> list, List<Integer> areas, List<String> classes) {
        return new Mmdet3dFactory()
                .create(new Mmdet3dFactory.Config(root, contents, list, areas, classes, 4, List.of(), false), context);
    }

    private Dataset data(Contents contents) {
        return data(contents, Optional.empty(), List.of(), List.of());
    }

    private void masked(String name, long[] semantic, long[] instance) throws IOException {
        Folders.floats(root.resolve("points/" + name), 0, 0, 0, 10, 20, 30, 1, 2, 3, 40, 50, 60);
        Folders.longs(root.resolve("semantic_mask/" + name), semantic);
        Folders.longs(root.resolve("instance_mask/" + name), instance);
    }

    @Test
    void scansHaveNyu40NumbersAndObjectsFromOne() throws IOException {
        masked("scene0000_00.bin", new long[] {39, 0}, new long[] {4, 0});

        Scene scene = data(Contents.SCANNET).load(0).scene();

        assertThat(scene.positions()).containsExactly(0, 0, 0, 1, 2, 3);
        assertThat(scene.colours()).containsExactly(10, 20, 30, 40, 50, 60);
        assertThat(scene.labels()).containsExactly(19, -1);
        assertThat(scene.instances()).containsExactly(0, -1);
    }

    @Test
    void roomsCountClassesInTheOrderOfOthers() throws IOException {
        masked("Area_1_office_1.bin", new long[] {7, 10}, new long[] {1, 2});
        masked("Area_5_office_1.bin", new long[] {8, 9}, new long[] {1, 2});

        Dataset data = data(Contents.S3DIS, Optional.empty(), List.of(5), List.of());

        assertThat(data.size()).isEqualTo(1);
        assertThat(Arrays.stream(data.load(0).scene().labels())
                        .mapToObj(data.classes().names()::get))
                .containsExactly("chair", "sofa");
    }

    @Test
    void aListChoosesScans() throws IOException {
        masked("scene0000_00.bin", new long[] {1, 1}, new long[] {0, 0});
        masked("scene0001_00.bin", new long[] {1, 1}, new long[] {0, 0});
        Folders.text(root.resolve("meta_data/scannetv2_val.txt"), "scene0001_00\n");

        Dataset data = data(Contents.SCANNET, Optional.of("val"), List.of(), List.of());

        assertThat(data.size()).isEqualTo(1);
        assertThat(data.id(0)).isEqualTo("scene0001_00");
    }

    @Test
    void ownCloudsHaveBoxesAndIntensity() throws IOException {
        Folders.floats(root.resolve("points/000001.bin"), 1, 2, 3, 0.5f, 4, 5, 6, 0.25f);
        Npy.write(root.resolve("points/000002.npy"), NpArray.of(new float[] {1, 1, 1, 9}, 1, 4));
        Folders.text(root.resolve("labels/000001.txt"), "1.5 2.5 3.5 4 2 1 -1.57 Car\n\n0 0 0 1 1 1 4 Person\n");

        Dataset data = data(Contents.CUSTOM, Optional.empty(), List.of(), List.of("Person", "Car"));
        Scene scene = data.load(0).scene();

        assertThat(scene.boxes())
                .containsExactly(
                        new Box(1.5, 2.5, 3.5, 4, 2, 1, -1.57, 1, -1),
                        new Box(0, 0, 0, 1, 1, 1, Math.IEEEremainder(4, 2 * Math.PI), 0, -1));
        assertThat(scene.ofPoints("intensity").floats()).containsExactly(0.5f, 0.25f);
        assertThat(data.load(1).scene().boxes()).isEmpty();
    }

    @Test
    void aLineOfBoxesThatIsNoneIsToldWithItsPlace() throws IOException {
        Folders.floats(root.resolve("points/1.bin"), 1, 2, 3, 0.5f);
        for (String line : List.of("1 2 3 4 5 6 7", "1 2 3 4 5 x 7 Car", "1 2 3 0 5 6 7 Car")) {
            Folders.text(root.resolve("labels/1.txt"), "1 2 3 4 5 6 7 Car\n" + line);

            assertThatThrownBy(() -> data(Contents.CUSTOM, Optional.empty(), List.of(), List.of("Car"))
                            .load(0))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("1.txt, line 2: expected 'x y z dx dy dz heading class'");
        }
    }

    @Test
    void aTruncatedCloudOrMaskIsRefused() throws IOException {
        masked("scene0000_00.bin", new long[] {1, 1}, new long[] {0});

        assertThatThrownBy(() -> data(Contents.SCANNET).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("has 8 bytes, but 2 points take 16");

        Folders.floats(root.resolve("points/scene0000_00.bin"), 1, 2, 3, 4, 5, 6, 7);

        assertThatThrownBy(() -> data(Contents.SCANNET).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("has 28 bytes, which is no whole number of points of 6 floats");
    }

    @Test
    void theOtherContentsAreNamed() throws IOException {
        masked("Area_1_office_1.bin", new long[] {7, 10}, new long[] {1, 2});

        assertThatThrownBy(() -> data(Contents.SCANNET))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("looks like 'contents: s3dis'");
    }

    @Test
    void areasThatDoNotExistAndAListBesideAreasAreRefused() {
        assertThatThrownBy(() -> data(Contents.S3DIS, Optional.empty(), List.of(5, 7), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no area 7");
        assertThatThrownBy(() -> data(Contents.S3DIS, Optional.of("val"), List.of(5), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("either 'list' or 'areas' is expected");
    }

    @Test
    void aScanWhoseMaskWasNotCopiedIsSaid() throws IOException {
        masked("scene0000_00.bin", new long[] {1, 1}, new long[] {0, 0});
        Folders.floats(root.resolve("points/scene0001_00.bin"), 0, 0, 0, 10, 20, 30);

        data(Contents.SCANNET);

        assertThat(context.warnings)
                .singleElement()
                .asString()
                .contains("1 of 2 scenes have no labels", "scene0001_00.bin");
    }

    @Test
    void aCloudWithoutALabelFileIsSaidToHaveNoObjects() throws IOException {
        Folders.floats(root.resolve("points/1.bin"), 1, 2, 3, 0.5f);
        Folders.floats(root.resolve("points/2.bin"), 1, 2, 3, 0.5f);
        Folders.text(root.resolve("labels/1.txt"), "1 2 3 4 5 6 7 Car");

        data(Contents.CUSTOM, Optional.empty(), List.of(), List.of("Car"));

        assertThat(context.warnings).singleElement().asString().contains("taken for scenes without objects", "2.txt");
    }

    @Test
    void twoFilesOfOneCloudAreRefused() throws IOException {
        Folders.floats(root.resolve("points/1.bin"), 1, 2, 3, 0.5f);
        Npy.write(root.resolve("points/1.npy"), NpArray.of(new float[] {1, 1, 1, 9}, 1, 4));

        assertThatThrownBy(() -> data(Contents.CUSTOM, Optional.empty(), List.of(), List.of("Car")))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("1.npy: is a second file of the scene '1', beside 1.bin");
    }

    @Test
    void surveyCoordinatesInDoublePrecisionKeepTheirDigits() {
        double east = 500_123.3141;
        Npy.write(root.resolve("points/1.npy"), NpArray.of(new double[] {east, 1, 1, 9}, 1, 4));

        Scene scene = data(Contents.CUSTOM, Optional.empty(), List.of(), List.of("Car"))
                .load(0)
                .scene();

        // 32-bit numbers of this size are 3 cm apart, those of a few metres less than half a micrometre.
        assertThat(scene.positions()[0] + scene.origin().x()).isCloseTo(east, within(1e-6));
        assertThat(scene.ofPoints("intensity").floats()).containsExactly(9);
    }
}
