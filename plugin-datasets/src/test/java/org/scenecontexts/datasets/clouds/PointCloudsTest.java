package org.scenecontexts.datasets.clouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.clouds.PointCloudsFactory.Config;
import org.scenecontexts.datasets.clouds.PointCloudsFactory.Pick;
import org.scenecontexts.datasets.clouds.PointCloudsFactory.Unmapped;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.testing.TestFiles;

class PointCloudsTest {

    @TempDir
    Path folder;

    private final TestContext context = new TestContext();

    @Test
    void filesAreInNaturalOrderAndEveryFifthCanBeHeldOut() throws IOException {
        for (int i = 0; i < 12; i++) {
            write("learn" + i + ".xyz", "1 2 3\n2 3 4\n");
        }
        write("notes.md", "no cloud");
        assertThat(ids(config().withSplit(1, 0, Pick.KEEP)))
                .startsWith("learn0", "learn1", "learn2")
                .hasSize(12);
        assertThat(ids(config().withSplit(5, 4, Pick.KEEP))).containsExactly("learn4", "learn9");
        assertThat(ids(config().withSplit(5, 4, Pick.DROP))).hasSize(10).doesNotContain("learn4", "learn9");
    }

    private List<String> ids(Builder config) {
        Dataset dataset = create(config);
        return java.util.stream.IntStream.range(0, dataset.size())
                .mapToObj(dataset::id)
                .toList();
    }

    @Test
    void labelsAreMappedByValueRangeAndOpenRange() throws IOException {
        write("a.csv", "x,y,z,label\n0,0,0,0\n1,0,0,1\n0,1,0,9\n0,0,1,20\n1,1,1,131\n");
        Dataset dataset =
                create(config().withLabels("label", Unmapped.ERROR, "0", "ignore", "1-9", "table", "20+", "object"));
        assertThat(dataset.classes().names()).containsExactly("table", "object");
        assertThat(dataset.load(0).scene().labels()).containsExactly(Labels.IGNORE, 0, 0, 1, 1);
    }

    @Test
    void attributesAreReadFromFieldsAndFollowTheRowsThatAreKept() throws IOException {
        write("a.csv", "x,y,z,refl,t,ring\n0,0,0,0.5,315964800.25,3\nnan,0,0,9,315964801,4\n1,0,0,1.5,315964802.5,5\n");
        Scene scene = create(config().withAttributes(Map.of(
                        "intensity", List.of("refl"), "time", List.of("t"), "both", List.of("ring", "refl"))))
                .load(0)
                .scene();
        assertThat(scene.ofPoints("intensity").floats()).containsExactly(0.5f, 1.5f);
        assertThat(scene.ofPoints("both").floats()).containsExactly(3, 0.5f, 5, 1.5f);
        Attribute.Floats time = (Attribute.Floats) scene.ofPoints("time");
        assertThat(time.offset() + time.values()[1]).isEqualTo(315964802.5);
    }

    @Test
    void aFieldThatDoesNotExistNamesThoseThatDo() throws IOException {
        write("a.csv", "x,y,z,refl\n0,0,0,0.5\n");
        assertThatThrownBy(() -> create(config().withAttributes(Map.of("intensity", List.of("int"))))
                        .load(0))
                .hasMessageContaining("has no field 'int'; it has [x, y, z, refl]");
    }

    @Test
    void labelsOutsideTheMapAreNamedWithFilePointAndRemedy() throws IOException {
        write("a.csv", "x,y,z,label\nnan,0,0,1\n1,0,0,1\n0,1,0,7\n1,1,1,7\n");
        Builder config = config().withLabels("label", Unmapped.ERROR, "1", "table");
        assertThatThrownBy(() -> create(config).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("a.csv, point 2")
                .hasMessageContaining("is 7")
                .hasMessageContaining("(2 such points)")
                .hasMessageContaining("unmapped: ignore");
        Dataset warned = create(config().withLabels("label", Unmapped.WARN, "1", "table"));
        assertThat(warned.load(0).scene().labels()).containsExactly(0, Labels.IGNORE, Labels.IGNORE);
        assertThat(context.warnings)
                .filteredOn(w -> w.contains("not in the map"))
                .singleElement()
                .asString()
                .contains("a.csv, point 2");
        Dataset ignored = create(config().withLabels("label", Unmapped.IGNORE, "1", "table"));
        context.warnings.clear();
        ignored.load(0);
        assertThat(context.warnings).singleElement().asString().contains("1 of 4 points have no finite position");
    }

    @Test
    void labelsThatAreNotANumberAreNoneWhateverUnmappedSays() throws IOException {
        write("a.csv", "x,y,z,label,object\n0,0,0,nan,nan\n1,0,0,1,0\n0,1,0,,4\n");
        for (Unmapped policy : Unmapped.values()) {
            context.warnings.clear();
            Builder config = config().withLabels("label", policy, "1", "table");
            config.instanceField = Optional.of("object");
            Scene scene = create(config).load(0).scene();
            assertThat(scene.labels()).containsExactly(Labels.IGNORE, 0, Labels.IGNORE);
            assertThat(scene.instances()).containsExactly(Labels.NO_INSTANCE, 0, Labels.NO_INSTANCE);
            assertThat(context.warnings).anyMatch(w -> w.contains("NaN") && w.contains("2 of 3 points"));
        }
    }

    @Test
    void whatIsSaidOfManyFilesInTheSameWordsIsSaidOnce() throws IOException {
        for (int i = 0; i < 4; i++) {
            write("a" + i + ".xyz", "1 2 3 4 5 6\n2 3 4 5 6 7\n");
        }
        Dataset dataset = create(config());
        for (int i = 0; i < 4; i++) {
            dataset.load(i);
        }
        assertThat(context.warnings).singleElement().asString().contains("x, y, z, r, g, b");
    }

    @Test
    void filesThatAreLeftOutAreCountedAndEndingsMatchInAnyCase() throws IOException {
        write("SCAN1.XYZ", "1 2 3\n");
        write("b.xyz", "1 2 3\n");
        write("._b.xyz", "\0\5\26\7");
        write("c.las", "LASF");
        assertThat(ids(config())).containsExactly("SCAN1", "b");
        assertThat(context.warnings)
                .singleElement()
                .asString()
                .contains("2 files match", "1 other file is not read (c.las)", "1 hidden", "._b.xyz");
    }

    @Test
    void aFolderThatIsALinkIsRead() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Files.writeString(real.resolve("a.xyz"), "1 2 3\n");
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.createSymbolicLink(data.resolve("rooms"), real);
        Files.createSymbolicLink(data.resolve("rooms2"), data);
        Builder config = config();
        config.path = data;
        config.pattern = "**.xyz";
        assertThat(ids(config)).containsExactly("a");
    }

    @Test
    void farScenesHaveAnOriginInTheFrameThatIsUp() throws IOException {
        write("a.xyz", "500000.5 -3 5400000.25\n500001.5 -2 5400001.25\n");
        Builder camera = config();
        camera.up = Up.MINUS_Y;
        Scene scene = create(camera).load(0).scene();
        assertThat(scene.origin()).isEqualTo(new Origin(500000, 5400000, 0));
        assertThat(scene.positions()).containsExactly(0.5f, 0.25f, 3, 1.5f, 1.25f, 2);
    }

    @Test
    void aMissingLabelFieldIsNamedWithThoseThatExist() throws IOException {
        write("a.csv", "x,y,z,class\n0,0,0,0\n");
        assertThatThrownBy(() -> create(config().withLabels("label", Unmapped.ERROR, "0", "a"))
                        .load(0))
                .hasMessageContaining("no field 'label'")
                .hasMessageContaining("class");
    }

    @Test
    void wrongMapsAreRefusedBeforeAnythingIsRead() {
        assertThatThrownBy(() ->
                        config().withLabels("label", Unmapped.ERROR, "a", "b").build())
                .hasMessageContaining("'a' is no label value");
        assertThatThrownBy(() -> config().withLabels("label", Unmapped.ERROR, "1-5", "b", "5", "c")
                        .build())
                .hasMessageContaining("overlaps");
        assertThatThrownBy(() ->
                        config().withLabels("label", Unmapped.ERROR, "5-1", "b").build())
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> config().withLabels("label", Unmapped.ERROR).build())
                .hasMessageContaining("needs 'labels'");
    }

    @Test
    void unitsAreWarnedOfAndScaled() throws IOException {
        write("a.xyz", "0 0 0\n3000 2000 1000\n");
        create(config()).load(0);
        assertThat(context.warnings).singleElement().asString().contains("a.xyz", "scale: 0.001");
        Builder millimetres = config();
        millimetres.scale = 0.001;
        assertThat(create(millimetres).load(0).scene().positions()).containsExactly(0, 0, 0, 3, 2, 1);
    }

    @Test
    void cameraFramesAreTurnedUpright() throws IOException {
        write("a.xyz", "1 2 3\n");
        Builder camera = config();
        camera.up = Up.MINUS_Y;
        // x right, y down, z forward becomes x right, y forward, z up.
        assertThat(create(camera).load(0).scene().positions()).containsExactly(1, 3, -2);
    }

    @Test
    void everyTurnIsARotation() {
        for (Up up : Up.values()) {
            float[] m = up.turned(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
            double determinant = m[0] * (m[4] * m[8] - m[5] * m[7])
                    - m[1] * (m[3] * m[8] - m[5] * m[6])
                    + m[2] * (m[3] * m[7] - m[4] * m[6]);
            assertThat(determinant).as(up.name()).isEqualTo(1);
        }
    }

    @Test
    void missingFoldersAndEmptyChoicesAreExplained() throws IOException {
        Builder config = config();
        config.path = folder.resolve("nowhere");
        assertThatThrownBy(() -> create(config)).hasMessageContaining("no such folder");
        write("notes.md", "no cloud");
        assertThatThrownBy(() -> create(config())).hasMessageContaining("no file matches");
        write("a.xyz", "1 2 3\n");
        assertThatThrownBy(() -> create(config().withSplit(5, 4, Pick.KEEP))).hasMessageContaining("none of 1 files");
    }

    @Test
    void instancesAreNumberedPerThing() throws IOException {
        write("a.csv", "x,y,z,label\n0,0,0,3\n1,0,0,20\n0,1,0,21\n0,0,1,47\n1,1,1,0\n");
        Builder config = config().withLabels("label", Unmapped.ERROR, "0", "ignore", "1-9", "table", "20+", "object");
        config.instanceField = Optional.of("label");
        config.divisor = 10;
        config.stuff = List.of("table");
        assertThat(create(config).load(0).scene().instances()).containsExactly(-1, 0, 0, 1, -1);
    }

    @Test
    void osdIsReadAsTableAndObjects() {
        Builder config = config().withLabels("label", Unmapped.ERROR, "0", "ignore", "1-9", "table", "20+", "object")
                .withSplit(5, 4, Pick.KEEP);
        config.path = TestFiles.shared("data/osd");
        config.pattern = "*.pcd";
        config.up = Up.MINUS_Y;
        Dataset dataset = create(config);
        assertThat(dataset.size()).isEqualTo(9);
        assertThat(dataset.id(0)).isEqualTo("learn4");
        assertThat(dataset.id(8)).isEqualTo("learn44");
        Scene scene = dataset.load(1).scene();
        long table = Arrays.stream(scene.labels()).filter(l -> l == 0).count();
        long object = Arrays.stream(scene.labels()).filter(l -> l == 1).count();
        assertThat(table).isGreaterThan(10_000);
        assertThat(object).isGreaterThan(1_000);
        assertThat(context.warnings).isEmpty();
    }

    @Test
    void truncatedCloudsAreErrorsOfTheirFile() {
        Builder config = config();
        config.path = TestFiles.shared("data/hostile");
        config.pattern = "*truncated.pcd";
        assertThatThrownBy(() -> create(config).load(0))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("open3d_fragment_truncated.pcd");
    }

    private Dataset create(Builder config) {
        return new PointCloudsFactory().create(config.build(), context);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Builder config() {
        Builder config = new Builder();
        config.path = folder;
        return config;
    }

    private static final class Builder {
        private Path path;
        private String pattern = "*.{ply,pcd,xyz,csv,npz}";
        private int every = 1;
        private int offset;
        private Pick pick = Pick.KEEP;
        private Optional<String> labelField = Optional.empty();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private Unmapped unmapped = Unmapped.ERROR;
        private Optional<String> instanceField = Optional.empty();
        private int divisor = 1;
        private List<String> stuff = List.of();
        private double scale = 1;
        private Up up = Up.Z;
        private Map<String, List<String>> attributes = Map.of();

        Builder withAttributes(Map<String, List<String>> read) {
            attributes = read;
            return this;
        }

        Builder withSplit(int newEvery, int newOffset, Pick newPick) {
            every = newEvery;
            offset = newOffset;
            pick = newPick;
            return this;
        }

        Builder withLabels(String field, Unmapped policy, String... pairs) {
            labelField = Optional.of(field);
            unmapped = policy;
            for (int i = 0; i < pairs.length; i += 2) {
                labels.put(pairs[i], pairs[i + 1]);
            }
            return this;
        }

        Config build() {
            return new Config(
                    Optional.of(path),
                    pattern,
                    List.of(),
                    every,
                    offset,
                    pick,
                    labelField,
                    labels,
                    List.of(),
                    unmapped,
                    instanceField,
                    divisor,
                    attributes,
                    Optional.empty(),
                    stuff,
                    scale,
                    up,
                    false);
        }
    }
}
