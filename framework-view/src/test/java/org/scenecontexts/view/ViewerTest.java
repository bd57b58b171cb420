package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudReader;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.Paint;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.SceneColumns;
import org.scenecontexts.io.cloud.Up;

/** What stands in a page, without a browser. */
class ViewerTest {

    @TempDir
    Path folder;

    private Viewer.Written write(Path what) {
        return new Viewer(List.of()).write(Viewer.Request.of(what, folder.resolve("page.html")));
    }

    private JsonNode page() throws IOException {
        String text = Files.readString(folder.resolve("page.html"));
        String start = "<script type=\"application/json\" id=\"page\">";
        int from = text.indexOf(start) + start.length();
        return new ObjectMapper().readTree(text.substring(from, text.indexOf("</script>", from)));
    }

    private JsonNode cloud() throws IOException {
        return page().path("scenes").get(0).path("clouds").get(0);
    }

    private List<String> arrays() throws IOException {
        return cloud().path("arrays").findValuesAsText("name");
    }

    private Path file(String name, PointCloud cloud) {
        Path file = folder.resolve(name);
        CloudFiles.write(file, cloud);
        return file;
    }

    @Test
    void aCloudThatDoesNotFitIntoMemoryCannotBeShown() throws IOException {
        Path vast = Files.writeString(folder.resolve("a.vast"), "everything");
        CloudReader reader = new CloudReader() {
            @Override
            public String name() {
                return "vast";
            }

            @Override
            public String summary() {
                return "Clouds without an end.";
            }

            @Override
            public List<String> extensions() {
                return List.of("vast");
            }

            @Override
            public boolean recognises(byte[] start) {
                return true;
            }

            @Override
            public PointCloud read(Path file) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        Viewer viewer = new Viewer(List.of(reader));
        Path page = folder.resolve("page.html");
        assertThatThrownBy(() -> viewer.write(Viewer.Request.of(vast, page)))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("a.vast: takes more memory to be shown than Java has")
                .hasMessageContaining("-Xmx");
        assertThat(page).doesNotExist();
    }

    private static Column numbers(String name, int... values) {
        return Column.of(name, values);
    }

    private static PointCloud line(Column... more) {
        List<Column> columns = new java.util.ArrayList<>(List.of(
                Column.of("x", new double[] {0, 1, 2, 3}),
                Column.of("y", new double[] {5, 5, 5, 5}),
                Column.of("z", new double[] {0, 0.5, 1, 2})));
        columns.addAll(Arrays.asList(more));
        return PointCloud.of("line", columns.toArray(Column[]::new));
    }

    @Test
    void positionsAreWithinHalfAStepOfTheFileAlsoFarFromZero() throws IOException {
        double[] x = {633_000.125, 633_001.5, 633_009.875, 633_004.25};
        double[] y = {4_833_000.5, 4_833_000.75, 4_833_003.5, 4_833_002.25};
        double[] z = {100, 101, 102.5, 104};
        write(file("far.ply", PointCloud.of("far", Column.of("x", x), Column.of("y", y), Column.of("z", z))));
        double[][] shown = positions();
        for (int axis = 0; axis < 3; axis++) {
            double half = cloud().path("step").get(axis).asDouble() / 2 + 1e-6;
            double[] truth = List.of(x, y, z).get(axis).clone();
            Arrays.sort(truth);
            double[] found = shown[axis].clone();
            Arrays.sort(found);
            for (int i = 0; i < truth.length; i++) {
                assertThat(found[i]).isCloseTo(truth[i], org.assertj.core.api.Assertions.within(half));
            }
        }
    }

    /** Undoes what the page undoes: inflates, joins bytes, adds differences. */
    private double[][] positions() throws IOException {
        JsonNode cloud = cloud();
        String text = Files.readString(folder.resolve("page.html"));
        String start = "id=\"" + cloud.path("block").asText() + "\">";
        int from = text.indexOf(start) + start.length();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InflaterOutputStream out = new InflaterOutputStream(bytes)) {
            out.write(Base64.getDecoder().decode(text.substring(from, text.indexOf('<', from))));
        }
        byte[] plain = bytes.toByteArray();
        int n = cloud.path("points").asInt();
        double[][] positions = new double[3][n];
        for (int axis = 0; axis < 3; axis++) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                sum += (plain[2 * n * axis + i] & 0xFF) | (plain[2 * n * axis + n + i] & 0xFF) << 8;
                positions[axis][i] = cloud.path("low").get(axis).asDouble()
                        + cloud.path("step").get(axis).asDouble() * (sum & 0xFFFF);
            }
        }
        return positions;
    }

    @Test
    void labelsOfAScanAreTheTruthAndItsColoursAreShown() throws IOException {
        write(file(
                "scan.ply",
                line(
                        numbers("label", 1, 1, 2, 2),
                        numbers("red", 9, 8, 7, 6),
                        numbers("green", 9, 8, 7, 6),
                        numbers("blue", 9, 8, 7, 6))));
        assertThat(arrays()).containsExactly("x", "y", "z", "red", "green", "blue", "label");
    }

    @Test
    void theLabelOfAFileOfResultsIsAPredictionAndItsColoursAreThoseOfTheClasses() throws IOException {
        PointCloud result = SceneColumns.commented(
                line(
                        Paint.columns(new int[] {0x112233, 0x112233, 0x445566, 0x112233})
                                .get(0),
                        Paint.columns(new int[] {0x112233, 0x112233, 0x445566, 0x112233})
                                .get(1),
                        Paint.columns(new int[] {0x112233, 0x112233, 0x445566, 0x112233})
                                .get(2),
                        numbers("label", 0, 0, 1, 0),
                        Column.of("confidence", new float[] {1, 0.5f, 0.25f, 1}),
                        numbers("truth", 0, 1, 1, -1)),
                SceneClasses.of(List.of("wall", "chair")));
        write(file("result.ply", result));
        assertThat(arrays()).containsExactly("x", "y", "z", "label", "prediction", "confidence");
        assertThat(page().path("classes").findValuesAsText("name")).contains("wall", "chair");
        assertThat(page().path("classes").findValuesAsText("colour")).contains("#112233", "#445566");
        // One of three labelled points is wrong.
        assertThat(page().path("scenes").get(0).path("score").asText()).isEqualTo("33.3 % of points wrong");
    }

    @Test
    void theObjectsOfAFileOfResultsStandBesideTheTrueOnes() throws IOException {
        write(file(
                "objects.ply",
                line(numbers("instance", -1, 0, 0, 1), numbers("label", 0, 1, 1, 1), numbers("truth", 7, 7, 8, 8))));
        assertThat(arrays()).containsExactly("x", "y", "z", "prediction", "instance", "instanceTrue");
        assertThat(cloud().path("firstTrue").asInt()).isEqualTo(7);
    }

    @Test
    void whatIsNotWhatItsNameSaysIsSaidAndLeftOut() throws IOException {
        Viewer.Written written = write(file(
                "odd.ply",
                line(Column.of("label", new float[] {0.5f, 1, 2, 3}), Column.of("confidence", new float[] {1, 2, 3, 4
                }))));
        assertThat(arrays()).containsExactly("x", "y", "z");
        assertThat(written.notes())
                .anySatisfy(note -> assertThat(note).contains("odd.ply", "'label'", "no whole numbers"))
                .anySatisfy(note -> assertThat(note).contains("'confidence'", "from 0 to 1"));
    }

    @Test
    void cloudsWhoseNamesDifferInTheirEndingAreAllShown() throws IOException {
        Path clouds = Files.createDirectories(folder.resolve("clouds"));
        CloudFiles.write(clouds.resolve("room.ply"), line());
        CloudFiles.write(clouds.resolve("room.pcd"), line());
        CloudFiles.write(clouds.resolve("hall.ply"), line());
        assertThat(write(clouds).scenes()).containsExactlyInAnyOrder("room.ply", "room.pcd", "hall");
    }

    @Test
    void aPageOverwritesNoCloudThatItShows() throws IOException {
        Path cloud = file("a.ply", line());
        Path other = file("b.ply", line());
        byte[] before = Files.readAllBytes(other);
        Viewer.Request besideItself =
                new Viewer.Request(cloud, Optional.of(other), other, Up.Z, Optional.empty(), Optional.empty(), 9, 1);
        assertThatThrownBy(() -> new Viewer(List.of()).write(besideItself))
                .hasMessageContaining("b.ply")
                .hasMessageContaining("overwrite");
        assertThatThrownBy(() -> new Viewer(List.of()).write(Viewer.Request.of(folder, other)))
                .hasMessageContaining("overwrite");
        assertThat(other).hasBinaryContent(before);
    }

    @Test
    void aConfidenceThatIsNoNumberIsShownAsNoneAndSaid() throws IOException {
        Viewer.Written written =
                write(file("sure.ply", line(Column.of("confidence", new float[] {1, Float.NaN, 0.5f, Float.NaN}))));
        assertThat(arrays()).contains("confidence");
        assertThat(written.notes())
                .singleElement()
                .asString()
                .contains("sure.ply", "'confidence'", "no number at 2 of 4 points", "as 0");
    }

    @Test
    void aCommentWithANumberThatNoClassHasIsNoClass() throws IOException {
        Path cloud = Files.writeString(folder.resolve("odd.ply"), """
            ply
            format ascii 1.0
            comment label 99999999999 wall
            element vertex 2
            property float x
            property float y
            property float z
            end_header
            0 0 0
            1 1 1
            """);
        assertThat(write(cloud).points()).isEqualTo(2);
        assertThat(page().path("classes")).isEmpty();
    }

    @Test
    void aThinnedCloudSaysSo() throws IOException {
        Viewer.Written written = new Viewer(List.of())
                .write(new Viewer.Request(
                        file("line.ply", line()),
                        Optional.empty(),
                        folder.resolve("page.html"),
                        Up.Z,
                        Optional.empty(),
                        Optional.empty(),
                        2,
                        1));
        assertThat(cloud().path("points").asInt()).isEqualTo(2);
        assertThat(written.notes()).singleElement().asString().contains("2 of 4 points are shown", "--points");
        assertThat(page().path("scenes").get(0).path("notes").get(0).asText()).contains("2 of 4 points");
    }

    @Test
    void scenesOfARunComeWorstFirstAndTheLeastBadAreLeftOut() throws IOException {
        Path exports = Files.createDirectories(folder.resolve("run/eval/exports/semantic-iou"));
        Files.createDirectories(folder.resolve("run/.replaced/1/eval/exports"));
        Files.createFile(folder.resolve("run/eval/stage.yaml"));
        Files.createFile(folder.resolve("run/.replaced/1/eval/stage.yaml"));
        int wrong = 0;
        for (String name : List.of("a", "b", "c")) {
            int[] truth = {0, 0, 0, 0};
            Arrays.fill(truth, 0, wrong++, 1);
            CloudFiles.write(
                    exports.resolve(name + ".ply"), line(numbers("label", 0, 0, 0, 0), numbers("truth", truth)));
        }
        CloudFiles.write(folder.resolve("run/.replaced/1/eval/exports/old.ply"), line());
        assertThat(write(folder.resolve("run")).scenes()).containsExactly("c", "b", "a");
        Viewer.Request few = new Viewer.Request(
                folder.resolve("run"),
                Optional.empty(),
                folder.resolve("page.html"),
                Up.Z,
                Optional.empty(),
                Optional.empty(),
                9,
                2);
        Viewer.Written written = new Viewer(List.of()).write(few);
        assertThat(written.scenes()).containsExactly("c", "b");
        assertThat(written.notes()).anySatisfy(note -> assertThat(note).contains("2 worst of 3 scenes"));
    }

    @Test
    void aFolderThatIsNoRunShowsItsOwnCloudsWhateverLiesBelow() throws IOException {
        Path clouds = Files.createDirectories(folder.resolve("clouds"));
        CloudFiles.write(clouds.resolve("a.ply"), line());
        Files.createDirectories(clouds.resolve("exports"));
        CloudFiles.write(clouds.resolve("exports/b.ply"), line());
        assertThat(write(clouds).scenes()).contains("a");
    }

    @Test
    void aFolderWithoutCloudsSaysHowARunGetsSome() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> write(folder.resolve("empty")))
                .hasMessageContaining("holds no clouds")
                .hasMessageContaining("predict:");
    }

    @Test
    void noNameOfAFileOrClassCanEndTheElementThatItStandsIn() throws IOException {
        String hostile = "</script><img src=x onerror=alert(1)>";
        PointCloud cloud = SceneColumns.commented(
                line(numbers("label", 0, 0, 1, 1)), SceneClasses.of(List.of(hostile, "<b>bold</b>")));
        write(file("<i>file.ply", cloud));
        String text = Files.readString(folder.resolve("page.html"));
        assertThat(text).doesNotContain("<img").doesNotContain("<i>file").doesNotContain("<b>");
        assertThat(page().path("classes").findValuesAsText("name")).contains(hostile);
    }

    @Test
    void aPageLoadsNothing() throws IOException {
        write(file("line.ply", line()));
        String text = Files.readString(folder.resolve("page.html"));
        assertThat(text).contains("default-src 'none'");
        String markup = text.replaceAll("(?s)<script.*?</script>", "");
        assertThat(markup).doesNotContain("http://").doesNotContain("https://").doesNotContain("src=");
    }

    @Test
    void thePageNamesThingsInOneOrderInEveryProcess() throws IOException {
        write(file("line.ply", line(numbers("label", 1, 1, 2, 2))));
        List<String> keys = new java.util.ArrayList<>();
        cloud().fieldNames().forEachRemaining(keys::add);
        assertThat(keys).isSorted().hasSizeGreaterThan(8);
    }

    @Test
    void coordinatesOfATurnedCloudComeBackAsTheFileHasThem() throws IOException {
        Viewer.Request camera = new Viewer.Request(
                file("view.ply", line()),
                Optional.empty(),
                folder.resolve("page.html"),
                Up.MINUS_Y,
                Optional.empty(),
                Optional.empty(),
                9,
                1);
        Viewer.Written written = new Viewer(List.of()).write(camera);
        assertThat(written.points()).isEqualTo(4);
        double[] low = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            for (int k = 0; k < 3; k++) {
                low[axis] += cloud().path("low").get(k).asDouble()
                        * cloud().path("back").get(k).get(axis).asDouble();
            }
        }
        // The lowest place with z up: x least, depth (z of the file) least, and the largest y, which points down.
        assertThat(low).containsExactly(0, 5, 0);
    }
}
