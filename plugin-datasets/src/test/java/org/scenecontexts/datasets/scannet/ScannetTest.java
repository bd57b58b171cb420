package org.scenecontexts.datasets.scannet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.prepared.PublishedVoxels;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.torch.PointLists;
import org.scenecontexts.io.torch.TorchTensor;
import org.scenecontexts.io.torch.TorchValue;
import org.scenecontexts.io.torch.TorchWriter;
import org.scenecontexts.testing.TestFiles;

class ScannetTest {

    private static final List<String> STUFF = List.of("wall", "floor");

    @TempDir
    Path folder;

    private static Path prepared() {
        return TestFiles.golden("more/seg_scannet");
    }

    private static Map<String, NpArray> items(String name) {
        return Npz.readAll(TestFiles.golden("more/seg_items_" + name + ".npz"));
    }

    private static Dataset open(Path path, Optional<String> split, Optional<Path> scenes, Optional<Path> points) {
        return new ScannetFactory()
                .create(
                        new ScannetFactory.Config(path, split, scenes, points, STUFF, LabelSet.SCANNET20, false),
                        new TestContext());
    }

    private static Dataset split(String name) {
        return open(prepared(), Optional.of(name), Optional.empty(), Optional.empty());
    }

    private static Scene scene(Dataset data, String id) {
        for (int i = 0; i < data.size(); i++) {
            if (data.id(i).equals(id)) {
                return data.load(i).scene();
            }
        }
        throw new AssertionError("no scene " + id);
    }

    private static String id(Map<String, NpArray> golden, String item) {
        return golden.get(item + "/file").scalarText().replace(".pth", "");
    }

    @ParameterizedTest
    @CsvSource({"scannet_val_2cm, 0.02", "scannet_val_5cm, 0.05"})
    void givesThePublishedVoxelsAndLabels(String item, double voxel) {
        Map<String, NpArray> golden = items("semseg");
        PublishedVoxels.expect(scene(split("val"), id(golden, item)), golden, item, voxel);
    }

    @Test
    void givesThePublishedObjects() {
        Map<String, NpArray> golden = items("insseg");
        PublishedVoxels.expectObjects(scene(split("val"), id(golden, "scannet_val_2cm")), golden, "scannet_val_2cm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndarray.pth", "ndarray.legacy.pth", "list.pth", "tensor.pth"})
    void limitedPointsHideAllOtherLabelsAsPublished(String format) {
        Map<String, NpArray> golden = items("semseg");
        Path list = TestFiles.golden("more/points_list_" + format).toAbsolutePath();
        Dataset data = open(prepared(), Optional.of("train"), Optional.empty(), Optional.of(list));
        for (String item : List.of("scannet_train_points0", "scannet_train_points1")) {
            PublishedVoxels.expect(scene(data, id(golden, item)), golden, item, 0.02);
        }
    }

    @Test
    void pointsWithoutLabelBelongToNoObject() {
        Path list = TestFiles.golden("more/points_list_ndarray.pth").toAbsolutePath();
        Scene scene = open(prepared(), Optional.of("train"), Optional.empty(), Optional.of(list))
                .load(0)
                .scene();
        for (int i = 0; i < scene.size(); i++) {
            if (scene.labels()[i] == Labels.IGNORE) {
                assertThat(scene.instances()[i]).isEqualTo(Labels.NO_INSTANCE);
            }
        }
    }

    @Test
    void limitedScenesReplaceTheSplit() {
        Map<String, NpArray> golden = items("semseg");
        Dataset data = open(prepared(), Optional.empty(), Optional.of(Path.of("limited_scenes.txt")), Optional.empty());
        assertThat(data.size()).isEqualTo(1);
        PublishedVoxels.expect(data.load(0).scene(), golden, "scannet_train_scenes", 0.02);
    }

    @Test
    void aSplitAndAListOfScenesExcludeEachOther() {
        Path prepared = prepared();
        assertThatThrownBy(() -> open(
                        prepared, Optional.of("val"), Optional.of(Path.of("limited_scenes.txt")), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("either 'split' or 'scenes-file'");
    }

    @Test
    void bothContainersGiveTheSameScenes() throws IOException {
        Dataset zip = split("trainval");
        Path legacy = TestFiles.golden("more/seg_scannet_legacy");
        Files.createDirectories(folder.resolve("splits"));
        Files.copy(prepared().resolve("splits/scannetv2_trainval.txt"), folder.resolve("splits/all.txt"));
        for (int i = 0; i < zip.size(); i++) {
            String file = zip.id(i) + ".pth";
            Files.copy(legacy.resolve(file), folder.resolve(file));
        }
        Dataset old = open(folder, Optional.of("all"), Optional.empty(), Optional.empty());
        assertThat(old.size()).isEqualTo(zip.size()).isPositive();
        for (int i = 0; i < zip.size(); i++) {
            assertThat(old.load(i).scene())
                    .usingRecursiveComparison()
                    .isEqualTo(zip.load(i).scene());
        }
    }

    @Test
    void trainAndValTogetherNeedNoListOfTheirOwn() throws IOException {
        Files.createDirectories(folder.resolve("splits"));
        Files.writeString(folder.resolve("splits/scannetv2_train.txt"), "scene0001_00\n");
        Files.writeString(folder.resolve("splits/scannetv2_val.txt"), "scene0002_01\n");
        for (String scene : List.of("scene0001_00.pth", "scene0002_01.pth")) {
            Files.copy(prepared().resolve(scene), folder.resolve(scene));
        }
        Dataset both = open(folder, Optional.of("trainval"), Optional.empty(), Optional.empty());
        assertThat(List.of(both.id(0), both.id(1))).containsExactly("scene0001_00", "scene0002_01");
    }

    @Test
    void allFortyNumbersAreMappedAsPublished() {
        int[] table = items("semseg").get("label_map_scannet").ints();
        for (int i = 0; i < table.length; i += 2) {
            int expected = table[i + 1] == 255 ? Labels.IGNORE : table[i + 1];
            assertThat(ScannetClasses.of(table[i])).as("raw %d", table[i]).isEqualTo(expected);
        }
    }

    @Test
    void classesHaveThePublishedNamesAndColours() {
        assertThat(ScannetClasses.all().names())
                .hasSize(20)
                .startsWith("wall", "floor")
                .endsWith("otherfurniture");
        assertThat(ScannetClasses.all().palette().getFirst()).isEqualTo(0xAEC7E8);
        assertThat(ScannetClasses.all().palette().getLast()).isEqualTo(0x5254A3);
    }

    @Test
    void aMissingListIsReportedWithTheListsThatThereAre() {
        Path prepared = prepared();
        assertThatThrownBy(() -> open(prepared, Optional.of("validation"), Optional.empty(), Optional.empty()))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scannetv2_validation.txt")
                .hasMessageContaining("scannetv2_val.txt");
    }

    @Test
    void missingScenesAreCountedBeforeAnythingIsRead() throws IOException {
        Files.createDirectories(folder.resolve("splits"));
        Files.writeString(folder.resolve("splits/scannetv2_train.txt"), "scene0000_00\nscene0000_01\n\n");
        assertThatThrownBy(() -> open(folder, Optional.empty(), Optional.empty(), Optional.empty()))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene0000_00.pth")
                .hasMessageContaining("1 others of the 2 scenes");
    }

    @Test
    void aPointsListMustCoverEveryScene() {
        Path list = folder.resolve("points.npz");
        PointLists.write(list, Map.of("scene9999_00", new long[] {1}));
        Path prepared = prepared();
        assertThatThrownBy(() -> open(prepared, Optional.of("train"), Optional.empty(), Optional.of(list)))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene0001_00")
                .hasMessageContaining("scene9999_00");
    }

    @Test
    void aPointOutsideTheSceneIsReported() {
        Dataset all = split("train");
        Path list = folder.resolve("points.npz");
        Map<String, long[]> lists = new java.util.LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            lists.put(all.id(i), new long[] {100_000});
        }
        PointLists.write(list, lists);
        Dataset data = open(prepared(), Optional.of("train"), Optional.empty(), Optional.of(list));
        assertThatThrownBy(() -> data.load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("point 100000")
                .hasMessageContaining("another preparation");
    }

    /** REFERENCE 7.2 takes objects away by class only: 0, the number of points that no annotator grouped, is kept. */
    @Test
    void objectsNumberedZeroAreObjects() throws IOException {
        Files.createDirectories(folder.resolve("splits"));
        Files.writeString(folder.resolve("splits/scannetv2_train.txt"), "scene\n");
        // NYU40: 1 wall (stuff), 5 chair, 7 table, 0 unannotated.
        write(new double[] {5, 7, 1, 0, 5}, new double[] {0, 3, 0, 0, Double.NaN});
        Scene scene = open(folder, Optional.empty(), Optional.empty(), Optional.empty())
                .load(0)
                .scene();
        assertThat(scene.instances()).containsExactly(0, 3, Labels.NO_INSTANCE, Labels.NO_INSTANCE, Labels.NO_INSTANCE);
    }

    private void write(double[] labels, double[] objects) {
        int n = labels.length;
        TorchWriter.write(
                folder.resolve("scene.pth"),
                new TorchValue.Sequence(
                        TorchValue.Sequence.Kind.TUPLE,
                        List.of(
                                TorchTensor.of(NpArray.of(new double[3 * n], n, 3)),
                                TorchTensor.of(NpArray.of(new double[3 * n], n, 3)),
                                TorchTensor.of(NpArray.of(labels, n)),
                                TorchTensor.of(NpArray.of(objects, n)))));
    }

    @Test
    void aFileOfAnotherKindIsReported() throws IOException {
        Files.createDirectories(folder.resolve("splits"));
        Files.writeString(folder.resolve("splits/scannetv2_train.txt"), "scene\n");
        TorchWriter.write(folder.resolve("scene.pth"), TorchValue.Dict.of(Map.of()));
        Dataset data = open(folder, Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> data.load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene.pth")
                .hasMessageContaining("tuple of 4 arrays");
    }

    @Test
    void stuffBelongsToNoObject() {
        Scene scene = split("val").load(0).scene();
        int[] stuff = Arrays.stream(scene.labels())
                .filter(label -> label == 0 || label == 1)
                .toArray();
        assertThat(stuff).isNotEmpty();
        for (int i = 0; i < scene.size(); i++) {
            if (scene.labels()[i] == 0 || scene.labels()[i] == 1) {
                assertThat(scene.instances()[i]).isEqualTo(Labels.NO_INSTANCE);
            }
        }
    }
}
