package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.cloud.BoxWires;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.Paint;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.SceneColumns;
import org.scenecontexts.io.json.JsonFiles;
import org.scenecontexts.testing.HeadlessBrowser;

/** The page as a person sees it: drawn by a browser, with a mouse, keys and a finger. */
class ViewerPageTest {

    private static final String READY = "window.cscView && cscView.ready()";
    private static final SceneClasses CLASSES = SceneClasses.of(List.of("wall", "<b>chair</b>", "table"));

    /** A grid of 3 x 3 x 3 points a metre apart around (100, 200, 300). */
    private static final int SIDE = 3;

    private static final double[] MIDDLE = {100, 200, 300};

    /** Where the picture is taken from, and what is looked at: 8 m to the south, level, so that x goes right and z up. */
    private static final String CAMERA = "[100,192,300,100,200,300]";

    private static HeadlessBrowser browser;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        browser = HeadlessBrowser.start(1000, 600);
        int n = SIDE * SIDE * SIDE;
        double[][] place = new double[3][n];
        int[] label = new int[n];
        int[] truth = new int[n];
        float[] confidence = new float[n];
        int[] instance = new int[n];
        int[] photo = new int[n];
        for (int i = 0; i < n; i++) {
            int[] at = {i % SIDE, i / SIDE % SIDE, i / (SIDE * SIDE)};
            for (int axis = 0; axis < 3; axis++) {
                place[axis][i] = MIDDLE[axis] + at[axis] - 1;
            }
            label[i] = at[0];
            truth[i] = at[2];
            confidence[i] = i / 100f;
            instance[i] = at[2] == 0 ? -1 : 40 + at[0];
            photo[i] = at[0] * 100 << 16 | at[1] * 100 << 8 | at[2] * 100;
        }
        List<Column> columns = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            columns.add(Column.of("xyz".substring(axis, axis + 1), place[axis]));
        }
        columns.addAll(Paint.columns(
                Arrays.stream(label).map(c -> CLASSES.palette().get(c)).toArray()));
        columns.add(Column.of("label", label));
        columns.add(Column.of("confidence", confidence));
        columns.add(Column.of("instance", instance));
        columns.add(Column.of(SceneColumns.TRUE_LABEL, truth));
        List<Column> scan = Paint.columns(photo);
        scan.forEach(column -> columns.add(new Column(SceneColumns.SCAN + column.name(), column.values())));
        PointCloud cloud = PointCloud.of("grid", columns.toArray(Column[]::new));
        CloudFiles.write(folder.resolve("grid.ply"), SceneColumns.commented(cloud, CLASSES));
        Box box = new Box(MIDDLE[0] + 1, MIDDLE[1], MIDDLE[2] + 1, 0.5, 0.5, 0.5, 0, 2, -1);
        BoxWires.write(folder.resolve("grid.boxes.ply"), List.of(BoxWires.of(box, Origin.ZERO)));
        JsonFiles.write(
                folder.resolve("grid.json"),
                java.util.Map.of("boxes", List.of(java.util.Map.of("class", "table", "label", 2, "confidence", 0.75))));
        assertThat(new Viewer(List.of())
                        .write(Viewer.Request.of(folder.resolve("grid.ply"), page()))
                        .notes())
                .isEmpty();
    }

    private static Path page() {
        return folder.resolve("grid.html");
    }

    @AfterAll
    static void stop() {
        // Null where there is no browser.
        Optional.ofNullable(browser).ifPresent(HeadlessBrowser::close);
    }

    @AfterEach
    void theConsoleIsCleanAndNothingWasLoaded() {
        assertThat(browser.errors()).isEmpty();
        assertThat(browser.requests())
                .allSatisfy(address -> assertThat(address).matches("(?s)(file|data|blob|about):.*"));
    }

    /** A place of the page. */
    private record Pixel(int x, int y) {}

    /** Opens the page with the camera of the test; the right view is shown where it is named. */
    private static void open(String views) {
        browser.open(page(), "#" + views, READY);
        browser.evaluate("cscView.place(" + CAMERA + ")");
    }

    /**
     * Where a point must be by the rules of perspective: an opening of 50 degrees from top to bottom, seen from the south.
     *
     * @param view 0 for the left view, 1 for the right one
     */
    private static Pixel expected(double x, double y, double z, int view, int views) {
        double[] stage = new double[4];
        for (int i = 0; i < 4; i++) {
            stage[i] = browser.evaluate("(() => { const r = document.getElementById('canvas').getBoundingClientRect();"
                            + " return [r.x, r.y, r.width, r.height]; })()")
                    .get(i)
                    .asDouble();
        }
        double focal = stage[3] / 2 / Math.tan(Math.toRadians(25));
        double depth = y - (MIDDLE[1] - 8);
        double width = stage[2] / views;
        return new Pixel((int) Math.floor(stage[0] + width * (view + 0.5) + focal * (x - MIDDLE[0]) / depth), (int)
                Math.floor(stage[1] + stage[3] / 2 - focal * (z - MIDDLE[2]) / depth));
    }

    private static int colour(BufferedImage picture, Pixel at) {
        return picture.getRGB(at.x(), at.y()) & 0xFFFFFF;
    }

    /** The points of the front, which nothing hides. */
    private static List<double[]> front() {
        List<double[]> points = new ArrayList<>();
        for (int x = -1; x <= 1; x++) {
            for (int z = -1; z <= 1; z++) {
                points.add(new double[] {MIDDLE[0] + x, MIDDLE[1] - 1, MIDDLE[2] + z});
            }
        }
        return points;
    }

    @Test
    void pointsHaveTheColoursOfTheFileWhereTheCameraMustSeeThem() {
        open("left=0:photo&right=0:prediction");
        BufferedImage picture = browser.picture(Path.of("target/pictures/grid.png"));
        for (double[] point : front()) {
            int x = (int) (point[0] - MIDDLE[0] + 1);
            int z = (int) (point[2] - MIDDLE[2] + 1);
            assertThat(colour(picture, expected(point[0], point[1], point[2], 0, 2)))
                    .isEqualTo(x * 100 << 16 | z * 100);
            assertThat(colour(picture, expected(point[0], point[1], point[2], 1, 2)))
                    .isEqualTo(CLASSES.palette().get(x));
        }
    }

    @Test
    void theCloudFitsIntoAWindowOfAnotherSizeAsIntoOneThatWasOpenedSo() {
        String picture = "cscView.picture()";
        try {
            browser.open(page(), "#left=0:photo&right=0:prediction", READY);
            String wide = browser.evaluate(picture).asText();
            resized(620, 600);
            String narrow = browser.evaluate(picture).asText();
            assertThat(narrow).isNotEqualTo(wide);
            browser.open(page(), "#left=0:photo&right=0:prediction", READY);
            assertThat(browser.evaluate(picture).asText()).isEqualTo(narrow);
            resized(1000, 600);
            assertThat(browser.evaluate(picture).asText()).isEqualTo(wide);
        } finally {
            browser.resize(1000, 600);
        }
    }

    @Test
    void aCameraThatWasMovedStaysWhereItIsInAWindowOfAnotherSize() {
        try {
            open("left=0:photo&right=0:prediction");
            resized(620, 600);
            assertThat(colour(browser.picture(), expected(MIDDLE[0], MIDDLE[1] - 1, MIDDLE[2], 0, 2)))
                    .isEqualTo(100 << 16 | 100);
        } finally {
            browser.resize(1000, 600);
        }
    }

    private static void resized(int width, int height) {
        int before = browser.evaluate("document.getElementById('canvas').clientWidth")
                .asInt();
        browser.resize(width, height);
        browser.await("(c => c.clientWidth !== " + before
                + " && c.width === c.clientWidth)(document.getElementById('canvas'))");
    }

    @Test
    void whatTheMouseRestsOnIsToldAsTheFileHasIt() {
        open("left=0:photo&right=0:error");
        Pixel at = expected(101, 199, 301, 0, 2);
        browser.mouse("mouseMoved", at.x() + 0.5, at.y() + 0.5, "none");
        browser.await("document.getElementById('tip').style.display === 'block'");
        // Point 2 + 3 * 0 + 9 * 2 of the grid.
        assertThat(browser.evaluate("document.getElementById('tip').textContent")
                        .asText()
                        .lines())
                .containsExactly(
                        "label: table (2)",
                        "prediction: table (2)",
                        "confidence: 0.20",
                        "instance: 42",
                        "colour: 200 0 200",
                        "x 101.0000  y 199.0000  z 301.0000");
    }

    @Test
    void aFingerIsToldTooAndBoxesAroundThePointAreNamed() {
        open("left=0:photo&right=0:prediction");
        Pixel at = expected(101, 200, 301, 1, 2);
        browser.tap(at.x() + 0.5, at.y() + 0.5);
        browser.await("document.getElementById('tip').style.display === 'block'");
        assertThat(browser.evaluate("document.getElementById('tip').textContent")
                        .asText())
                .contains("instance: 42", "in box: table 0.75");
    }

    @Test
    void namesOfClassesAreTextEverywhere() {
        open("left=0:prediction&right=0:label");
        assertThat(browser.evaluate("document.getElementById('legend').textContent")
                        .asText())
                .contains("<b>chair</b>");
        assertThat(browser.evaluate("document.querySelectorAll('b, img, i > *').length")
                        .asInt())
                .isZero();
    }

    @Test
    void aClassIsSwitchedOffAndOnInTheLegend() {
        open("left=0:photo&right=0:prediction");
        Pixel chair = expected(100, 199, 300, 1, 2);
        Pixel wall = expected(99, 199, 300, 1, 2);
        int shown = colour(browser.picture(), chair);
        String box = "#legend input[data-group='<b>chair</b>']";
        browser.click(box);
        browser.await("!document.querySelector(\"" + box + "\").checked");
        HeadlessBrowser.pause(300);
        BufferedImage without = browser.picture();
        assertThat(shown).isEqualTo(CLASSES.palette().get(1));
        assertThat(colour(without, chair)).isNotEqualTo(shown);
        assertThat(colour(without, wall)).isEqualTo(CLASSES.palette().get(0));
        assertThat(browser.evaluate("cscView.hoverText(0, 0)").asText()).isEmpty();
        browser.click(box);
        HeadlessBrowser.pause(300);
        assertThat(colour(browser.picture(), chair)).isEqualTo(shown);
    }

    @Test
    void errorsAreRedAndConfidenceIsAScale() {
        open("left=0:error&right=0:confidence");
        BufferedImage picture = browser.picture();
        assertThat(colour(picture, expected(101, 199, 299, 0, 2))).isEqualTo(0xE12D2D);
        assertThat(colour(picture, expected(101, 199, 301, 0, 2))).isEqualTo(0x7896AF);
        // Confidence 0 is the dark end.
        assertThat(colour(picture, expected(99, 199, 299, 1, 2))).isEqualTo(0x440154);
    }

    @Test
    void boxesAreDrawnAsWiresAndCanBeHidden() {
        open("left=0:photo");
        BufferedImage with = browser.picture();
        browser.click("#boxes");
        HeadlessBrowser.pause(300);
        BufferedImage without = browser.picture();
        int table = CLASSES.palette().get(2);
        // In the view itself, right of the list of colours of the legend.
        assertThat(count(with, table)).isGreaterThan(count(without, table) + 100);
    }

    private static int count(BufferedImage picture, int colour) {
        int found = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                found += (picture.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    void keysMouseAndButtonsMoveTheCamera() {
        open("left=0:photo&right=0:prediction");
        Pixel middle = expected(100, 200, 300, 0, 2);
        for (Runnable move : List.<Runnable>of(
                () -> browser.key("w"),
                () -> browser.key("ArrowLeft"),
                () -> browser.click("#top"),
                () -> browser.click("#front"),
                () -> browser.click("#fit"),
                () -> drag(middle),
                () -> {
                    browser.click("#walk");
                    drag(middle);
                    browser.click("#walk");
                },
                () -> browser.click("#theme"),
                () -> browser.click("#split"))) {
            String before = browser.evaluate("cscView.picture()").asText();
            move.run();
            HeadlessBrowser.pause(100);
            assertThat(browser.evaluate("cscView.picture()").asText()).isNotEqualTo(before);
        }
    }

    private static void drag(Pixel from) {
        browser.mouse("mousePressed", from.x(), from.y(), "left");
        browser.mouse("mouseMoved", from.x() + 40, from.y() + 20, "left");
        browser.mouse("mouseReleased", from.x() + 40, from.y() + 20, "left");
    }
}
