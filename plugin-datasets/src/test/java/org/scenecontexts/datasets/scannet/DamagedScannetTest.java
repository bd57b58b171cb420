package org.scenecontexts.datasets.scannet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.torch.TorchArray;
import org.scenecontexts.io.torch.TorchFile;
import org.scenecontexts.io.torch.TorchValue;

/** Damaged releases are refused with the file and the place, and leave nothing under a final name. */
class DamagedScannetTest {

    private static final String SCAN = "scene0000_00";

    @TempDir
    Path folder;

    private Path scan;
    private final TestContext context = new TestContext();

    /** A mesh of six vertices: two of segment 3 (a chair), two of 10 (a box, unknown to the table), two of no group. */
    @BeforeEach
    void write() throws IOException {
        scan = Files.createDirectories(folder.resolve("raw/scans").resolve(SCAN));
        NpArray grey = NpArray.of(new int[] {10, 20, 30, 40, 50, 60}, 6).as(ArrayElement.UINT8);
        CloudFiles.write(
                file("_vh_clean_2.ply"),
                PointCloud.of(
                        SCAN,
                        Column.of("x", new float[] {0, 1, 2, 3, 4, 5}),
                        Column.of("y", new float[] {0, 0, 1, 1, 2, 2}),
                        Column.of("z", new float[6]),
                        new Column("red", grey),
                        new Column("green", grey),
                        new Column("blue", grey)));
        put("_vh_clean_2.0.010000.segs.json", "{\"segIndices\": [3, 3, 10, 10, 17, 17]}");
        put(".aggregation.json", groups(group(0, "chair", "3"), group(1, "strange box", "10")));
        put(".txt", "axisAlignment = 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 \n");
        Files.writeString(
                folder.resolve("raw/" + LabelTable.FILE),
                "id\traw_category\tcategory\tcount\tnyu40id\r\r\n2\tchair\tchair\t9\t5\r\r\n39\tbin\tbin\t1\t39\r\r\n"
                        + "7\tprop\tprop\t1\t\r\r\n");
    }

    private Path file(String ending) {
        return scan.resolve(SCAN + ending);
    }

    private void put(String ending, String text) throws IOException {
        Files.writeString(file(ending), text);
    }

    private static String group(int id, String label, String segments) {
        return "{\"id\": " + id + ", \"objectId\": " + id + ", \"segments\": [" + segments + "], \"label\": \"" + label
                + "\"}";
    }

    private static String groups(String... groups) {
        return "{\"segGroups\": [" + String.join(", ", groups) + "]}";
    }

    private Map<String, Double> prepare(boolean legacy) {
        return prepare(legacy, Optional.empty());
    }

    private Map<String, Double> prepare(boolean legacy, Optional<Path> lists) {
        return org.scenecontexts.datasets.raw.RawTree.run(new ScannetPreparationFactory()
                .create(
                        new ScannetPreparationFactory.Config(
                                folder.resolve("raw"),
                                folder.resolve("prepared"),
                                Optional.empty(),
                                lists,
                                LabelSet.SCANNET20,
                                legacy),
                        context));
    }

    private double[] part(int index) {
        TorchValue root =
                TorchFile.read(folder.resolve("prepared/" + SCAN + ".pth")).root();
        return ((TorchArray) ((TorchValue.Sequence) root).items().get(index))
                .array()
                .doubles();
    }

    @Test
    void labelsThatTheTableDoesNotKnowAreSaidAndCountAsNone() {
        prepare(false);
        assertThat(part(2)).containsExactly(5, 5, 0, 0, 0, 0);
        assertThat(part(3)).containsExactly(1, 1, 2, 2, 0, 0);
        assertThat(context.warnings)
                .anySatisfy(
                        said -> assertThat(said).contains(SCAN + ".aggregation.json", "strange box", "label table"));
    }

    @Test
    void groupsThatAreListedTwiceCountOnceUnlessAsPublished() throws IOException {
        put(
                ".aggregation.json",
                groups(group(0, "chair", "3"), group(1, "bin", "10"), group(2, "chair", "3"), group(3, "bin", "10")));
        prepare(false);
        assertThat(part(3)).containsExactly(1, 1, 2, 2, 0, 0);
        prepare(true);
        assertThat(part(3)).containsExactly(3, 3, 4, 4, 0, 0);
    }

    @Test
    void segmentsThatDoNotExistAreSaid() throws IOException {
        put(".aggregation.json", groups(group(0, "chair", "3, 99")));
        prepare(false);
        assertThat(context.warnings)
                .anySatisfy(said -> assertThat(said).contains("aggregation.json", "1 segments", "left out"));
    }

    @Test
    void aTruncatedMeshIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file("_vh_clean_2.ply"));
        Files.write(file("_vh_clean_2.ply"), Arrays.copyOf(bytes, bytes.length - 20));
        refused(SCAN + "_vh_clean_2.ply", "vertex");
    }

    @Test
    void countsThatDoNotFitAreRefused() throws IOException {
        put("_vh_clean_2.0.010000.segs.json", "{\"segIndices\": [3, 3, 10]}");
        refused("segs.json", "3 numbers", "6 vertices");
    }

    @Test
    void missingSegmentsAreRefused() throws IOException {
        Files.delete(file("_vh_clean_2.0.010000.segs.json"));
        refused("segs.json", "no such file");
    }

    @Test
    void aScanOfTheTrainingListWithoutAnyLabelsIsRefused() throws IOException {
        Files.delete(file("_vh_clean_2.0.010000.segs.json"));
        Files.delete(file(".aggregation.json"));
        refused("segs.json", "no such file");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"segGroups\": [{\"id\": 0, ', aggregation.json, line 1",
        "'{\"segGroups\": [{\"id\": 0}]}', segGroups[0], label",
        "'{\"other\": []}', aggregation.json, segGroups",
        "'{\"segGroups\": [{\"label\": \"chair\", \"segments\": [1.5]}]}', segments[0], 1.5",
        "'<!DOCTYPE html><html>sign in</html>', aggregation.json, web page"
    })
    void badJsonIsRefused(String text, String place, String what) throws IOException {
        put(".aggregation.json", text);
        refused(place, what);
    }

    @Test
    void aTableOfTheFirstReleaseIsRefused() throws IOException {
        Files.writeString(folder.resolve("raw/" + LabelTable.FILE), "category\tcount\nchair\t1\n");
        refused(LabelTable.FILE, "line 1");
    }

    @Test
    void aMissingTableSaysWhereItBelongs() throws IOException {
        Files.delete(folder.resolve("raw/" + LabelTable.FILE));
        refused(LabelTable.FILE, "'labels'");
    }

    @Test
    void aMissingReleaseSaysWhereItComesFrom() throws IOException {
        try (var files = Files.walk(folder.resolve("raw"))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        refused(folder.resolve("raw").toString(), "scan-net.org");
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> prepare(false))
                .isInstanceOf(CloudException.class)
                .satisfies(error -> {
                    for (String part : parts) {
                        assertThat(error.getMessage()).contains(part);
                    }
                });
        assertThat(folder.resolve("prepared/" + SCAN + ".pth")).doesNotExist();
    }

    @Test
    void badAlignmentsAreRefusedForBoxes() throws IOException {
        put(".txt", "sceneType = Office\naxisAlignment = 1 0 0 0 0 1\n");
        assertThatThrownBy(() -> boxes("boxes"))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(SCAN + ".txt, line 2")
                .hasMessageContaining("16");
        assertThat(folder.resolve("boxes").resolve(SCAN + "_vert.npy")).doesNotExist();
    }

    @Test
    void aScanWithLabelsIsNotTakenForOneThatLiesAlongItsWalls() throws IOException {
        put(".txt", "sceneType = Office\n");
        assertThatThrownBy(() -> boxes("boxes"))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(SCAN + ".txt: has no line 'axisAlignment = '");
        Files.delete(file(".txt"));
        assertThatThrownBy(() -> boxes("boxes"))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(SCAN + ".txt: no such file");
        assertThat(folder.resolve("boxes").resolve(SCAN + "_vert.npy")).doesNotExist();
    }

    @Test
    void aScanThatStopsHalfwayIsNotThereRatherThanATestScan() throws IOException {
        Files.createDirectories(folder.resolve("boxes").resolve(SCAN + "_bbox.npy/in the way"));
        assertThatThrownBy(() -> boxes("boxes")).hasMessageContaining(SCAN + "_bbox.npy");
        assertThat(folder.resolve("boxes").resolve(SCAN + "_sem_label.npy")).exists();
        assertThat(folder.resolve("boxes").resolve(SCAN + "_vert.npy")).doesNotExist();
    }

    @Test
    void scansOfAListThatAreNotThereAreSaid() throws IOException {
        Path list = Files.createDirectories(folder.resolve("raw/splits")).resolve("scannetv2_train.txt");
        Files.writeString(list, SCAN + "\nscene0001_00\n");
        prepare(false);
        assertThat(context.warnings)
                .anySatisfy(said -> assertThat(said)
                        .contains("scannetv2_train.txt", "1 of its scenes", "take them out of the list"));
        assertThat(folder.resolve("prepared/splits/scannetv2_train.txt")).hasSameBinaryContentAs(list);
    }

    @Test
    void aListThatIsNoneIsRefusedBeforeScansArePrepared() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("raw/splits")).resolve("scannetv2_val.txt"), "\n");
        refused("scannetv2_val.txt", "names no scene");
    }

    @ParameterizedTest
    @CsvSource({"nowhere, no such folder", "raw, holds no list"})
    void aFolderOfListsThatHoldsNoneIsRefused(String named, String what) {
        assertThatThrownBy(() -> prepare(false, Optional.of(folder.resolve(named))))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("Tasks/Benchmark");
        assertThat(folder.resolve("prepared/" + SCAN + ".pth")).doesNotExist();
    }

    private void boxes(String target) {
        org.scenecontexts.datasets.raw.RawTree.run(new DetectionPreparationFactory()
                .create(
                        new DetectionPreparationFactory.Config(
                                folder.resolve("raw"),
                                folder.resolve(target),
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                0,
                                false),
                        context));
    }

    /** Whatever bytes are changed or cut off: the preparation succeeds or says which file is wrong, and never leaves a part. */
    @Test
    void changedBytesNeverLeaveAPart() throws IOException {
        Random random = new Random(5);
        List<String> endings =
                List.of("_vh_clean_2.ply", "_vh_clean_2.0.010000.segs.json", ".aggregation.json", ".txt");
        for (int round = 0; round < 120; round++) {
            String ending = endings.get(round % endings.size());
            Path whole = folder.resolve("whole");
            Files.copy(file(ending), whole, StandardCopyOption.REPLACE_EXISTING);
            byte[] bytes = Files.readAllBytes(whole);
            if (round % 3 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file(ending), bytes);
            String target = "round" + round;
            try {
                boxes(target);
            } catch (CloudException e) {
                assertThat(e.getMessage()).contains(SCAN);
                assertThat(folder.resolve(target).resolve(".prepared")).doesNotExist();
            }
            Files.copy(whole, file(ending), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(new String(Files.readAllBytes(file(".txt")), StandardCharsets.UTF_8))
                .startsWith("axis");
    }
}
