package org.scenecontexts.datasets.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.folders.PointceptFactory.Contents;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;

/** Folders of Pointcept, written array by array in its types. */
class PointceptTest {

    @TempDir
    private Path root;

    private final TestContext context = new TestContext();

    private Dataset data(Contents contents, List<String> folders, List<String> stuff) {
        return new PointceptFactory()
                .create(new PointceptFactory.Config(root, contents, folders, stuff, false), context);
    }

    private Path scannet() {
        Path scene = root.resolve("train/scene0000_00");
        Folders.pointcept(scene);
        Folders.labels(scene, "segment20.npy", ArrayElement.INT64, false, 0, 4, -1);
        Folders.labels(scene, "segment200.npy", ArrayElement.INT64, false, 0, 199, 1);
        Folders.labels(scene, "instance.npy", ArrayElement.INT64, false, 7, 3, -1);
        return scene;
    }

    @Test
    void aSceneOfScannetHasPointsColoursNormalsLabelsAndObjects() {
        scannet();

        Scene scene = data(Contents.SCANNET20, List.of(), List.of("wall", "floor"))
                .load(0)
                .scene();

        assertThat(scene.id()).isEqualTo("scene0000_00");
        assertThat(scene.positions()).containsExactly(0, 0, 0, 1, 0, 0, 1, 2, 0.5f);
        assertThat(scene.colours()).containsExactly(0, 10, 255, 1, 2, 3, 200, 100, 50);
        assertThat(scene.normals()).containsExactly(0, 0, 1, 1, 0, 0, 0, 1, 0);
        assertThat(scene.labels()).containsExactly(0, 4, -1);
        assertThat(scene.instances()).containsExactly(-1, 0, -1);
    }

    @Test
    void theSameFolderHasTwoHundredClasses() {
        scannet();

        Dataset data = data(Contents.SCANNET200, List.of("train"), List.of());

        assertThat(data.classes().count()).isEqualTo(200);
        assertThat(data.load(0).scene().labels()).containsExactly(0, 199, 1);
        assertThat(data.load(0).scene().instances()).containsExactly(1, 0, -1);
    }

    @Test
    void scansOfTheTestHaveNoLabels() {
        Folders.pointcept(root.resolve("test/scene0707_00"));

        assertThat(data(Contents.SCANNET20, List.of("test"), List.of())
                        .load(0)
                        .scene()
                        .labels())
                .isEmpty();
    }

    @Test
    void roomsCountClassesInTheOrderOfOthersAndLabelsAreColumns() {
        Path room = root.resolve("Area_5/office_1");
        Folders.pointcept(room);
        Folders.labels(room, "segment.npy", ArrayElement.INT16, true, 7, 8, 12);
        Folders.labels(room, "instance.npy", ArrayElement.INT16, true, 0, 5, 2);

        Dataset data = data(Contents.S3DIS, List.of("Area_5"), List.of());
        Scene scene = data.load(0).scene();

        assertThat(data.id(0)).isEqualTo("Area_5_office_1");
        assertThat(Arrays.stream(scene.labels()).mapToObj(data.classes().names()::get))
                .containsExactly("table", "chair", "clutter");
        assertThat(scene.instances()).containsExactly(0, 2, 1);
    }

    @Test
    void theOtherContentsAreNamedWhereTheLabelsAreOfAnother() {
        Path room = root.resolve("train/office_1");
        Folders.pointcept(room);
        Folders.labels(room, "segment.npy", ArrayElement.INT16, true, 7, 8, 12);

        assertThatThrownBy(() -> data(Contents.SCANNET20, List.of(), List.of()))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("has no segment20.npy, but segment.npy")
                .hasMessageContaining("contents: s3dis");
    }

    @Test
    void aLabelThatTheDataSetDoesNotHaveIsRefused() {
        Folders.labels(scannet(), "segment20.npy", ArrayElement.INT64, false, 0, 20, 1);

        assertThatThrownBy(() -> data(Contents.SCANNET20, List.of(), List.of()).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("segment20.npy: point 1 has the number 20, expected -1 or a class 0 .. 19");
    }

    @Test
    void anArrayOfAnotherLengthIsRefused() {
        Folders.labels(scannet(), "instance.npy", ArrayElement.INT64, false, 1, 2);

        assertThatThrownBy(() -> data(Contents.SCANNET20, List.of(), List.of()).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("instance.npy: expected 3 rows of 1 number, found the shape [2]");
    }

    @Test
    void labelsWithAFractionAreRefused() {
        Npy.write(scannet().resolve("segment20.npy"), NpArray.of(new float[] {0, 1, 2}, 3));

        assertThatThrownBy(() -> data(Contents.SCANNET20, List.of(), List.of()).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("segment20.npy: expected whole numbers");
    }

    @Test
    void aTruncatedArrayIsRefused() throws IOException {
        Path coord = scannet().resolve("coord.npy");
        byte[] bytes = Files.readAllBytes(coord);
        Files.write(coord, Arrays.copyOf(bytes, bytes.length - 5));

        assertThatThrownBy(() -> data(Contents.SCANNET20, List.of(), List.of()).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("coord.npy")
                .hasMessageContaining("truncated");
    }

    @Test
    void aFolderThatIsNamedTwiceCountsOnce() {
        scannet();

        assertThat(data(Contents.SCANNET20, List.of("train", "train"), List.of())
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aSceneWhoseLabelsWereNotCopiedIsSaid() throws IOException {
        Path scene = scannet();
        Folders.pointcept(root.resolve("train/scene0001_00"));
        Path missing = root.resolve("train/scene0001_00/segment20.npy");

        data(Contents.SCANNET20, List.of(), List.of());

        assertThat(context.warnings)
                .singleElement()
                .asString()
                .contains("1 of 2 scenes have no labels", "for want of " + missing);

        Files.delete(scene.resolve("segment20.npy"));
        Files.delete(scene.resolve("segment200.npy"));
        context.warnings.clear();
        data(Contents.SCANNET20, List.of(), List.of());

        assertThat(context.warnings).isEmpty();
    }

    @Test
    void surveyCoordinatesInDoublePrecisionKeepTheirDigits() {
        double[] east = {500_123.3141, 500_124.2718, 500_126.5772};
        Npy.write(
                scannet().resolve("coord.npy"),
                NpArray.of(new double[] {east[0], 0, 0, east[1], 0, 0, east[2], 0, 0}, 3, 3));

        Scene scene = data(Contents.SCANNET20, List.of(), List.of()).load(0).scene();

        for (int i = 0; i < east.length; i++) {
            // 32-bit numbers of this size are 3 cm apart, those of a few metres less than half a micrometre.
            assertThat(scene.positions()[3 * i] + scene.origin().x()).isCloseTo(east[i], within(1e-6));
        }
    }

    @Test
    void coloursOfAnotherRangeAreRefused() {
        for (float odd : List.of(-1f, 256f, Float.NaN)) {
            Npy.write(scannet().resolve("color.npy"), NpArray.of(new float[] {0, 0, 0, 1, odd, 1, 9, 9, 9}, 3, 3));

            assertThatThrownBy(
                            () -> data(Contents.SCANNET20, List.of(), List.of()).load(0))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("color.npy: point 1 has a colour of " + odd + ", expected 0 to 255");
        }
        Npy.write(scannet().resolve("color.npy"), NpArray.of(new float[] {0, 0, 0, 1, 0.5f, 1, 0, 0, 1}, 3, 3));

        assertThatThrownBy(() -> data(Contents.SCANNET20, List.of(), List.of()).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("color.npy: has no colour above 1.0, expected 0 to 255");
    }

    @Test
    void textInsteadOfNumbersIsRefused() {
        Npy.write(scannet().resolve("segment20.npy"), NpArray.of(new String[] {"wall", "floor", "wall"}, 3));

        assertThatThrownBy(() -> data(Contents.SCANNET20, List.of(), List.of()).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("segment20.npy: expected 3 rows of 1 number, found text");
    }
}
