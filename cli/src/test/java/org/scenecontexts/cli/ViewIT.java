package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.testing.HeadlessBrowser;

/** {@code csc view} of what runs leave, seen in a browser. */
class ViewIT {

    private static final String READY = "window.cscView && cscView.ready()";

    private static final Pattern PLACE = Pattern.compile("x (\\S+)  y (\\S+)  z (\\S+)");

    private static final String RUN = """
        name: looked
        seed: 1
        stages:
          - id: train
            train:
              data: { type: synthetic-rooms, split: train, scenes: 2 }
              inputs: [colour, height]
              backbone: %s
              task: %s
              optimizer: { type: adamw, lr: 0.001 }
              iterations: 2
              batch: 1
          - id: eval
            evaluate:
              model: ${train}
              data: { type: synthetic-rooms, split: val, scenes: 2 }
              benchmark: %s
              export: true
        """;

    @TempDir
    Path folder;

    private Path run(String backbone, String task, String benchmark) throws IOException {
        Path pipeline = Files.writeString(folder.resolve("looked.yaml"), RUN.formatted(backbone, task, benchmark));
        InProcess.csc("run", pipeline.toString(), "--runs", folder.toString(), "--threads", "2")
                .succeeded();
        return folder.resolve("looked");
    }

    private Path view(Path what) {
        Path page = folder.resolve("view.html");
        InProcess said = InProcess.csc("view", what.toString(), "--out", page.toString());
        said.succeeded();
        assertThat(said.said()).contains("wrote " + page, "open it in a browser");
        return page;
    }

    /** A camera 20 cm above a point. */
    private static String above(PointCloud cloud, int i) {
        double[] at = {value(cloud, "x", i), value(cloud, "y", i), value(cloud, "z", i)};
        return String.format(Locale.ROOT, "[%f,%f,%f,%f,%f,%f]", at[0], at[1] - 0.02, at[2] + 0.2, at[0], at[1], at[2]);
    }

    /** The point of a file that lies where a text says. */
    private static int told(PointCloud cloud, String text) {
        Matcher place = PLACE.matcher(text);
        assertThat(place.find()).as(text).isTrue();
        int nearest = -1;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < cloud.size(); i++) {
            double distance = 0;
            for (int axis = 0; axis < 3; axis++) {
                distance = Math.max(
                        distance,
                        Math.abs(Double.parseDouble(place.group(axis + 1))
                                - value(cloud, "xyz".substring(axis, axis + 1), i)));
            }
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        // Half a step of a room of 6 m in 65535 steps, and half of the last digit that is told.
        assertThat(least).isLessThan(1e-4);
        return nearest;
    }

    private static double value(PointCloud cloud, String field, int i) {
        return cloud.column(field).values().doubles()[i];
    }

    /** What is told of the middle of the left view. */
    private static String hover(HeadlessBrowser browser) {
        return browser.evaluate("(() => { const c = document.getElementById('canvas');"
                        + " return cscView.hoverText(c.clientWidth / 4, c.clientHeight / 2); })()")
                .asText();
    }

    private static long colours(BufferedImage picture) {
        return IntStream.range(0, picture.getWidth() * picture.getHeight())
                .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
                .distinct()
                .count();
    }

    @Test
    void theRoomsOfASegmentationAreSeenAsTheirFilesHaveThem() throws IOException {
        Path run = run("{ type: res16unet14a, width: 0.25, voxel-size: 0.1 }", "semantic-segmentation", "semantic-iou");
        Path page = view(run);
        try (HeadlessBrowser browser = HeadlessBrowser.start(1280, 760)) {
            browser.open(page, "#scene=room-val-0-00001&left=0:photo&right=0:prediction", READY);
            HeadlessBrowser.pause(500);
            BufferedImage all = browser.picture(Path.of("target/pictures/view-segmentation.png"));
            assertThat(colours(all)).isGreaterThan(100);
            assertThat(browser.evaluate("document.querySelectorAll('#scenes button').length")
                            .asInt())
                    .isEqualTo(2);

            PointCloud file = CloudFiles.read(run.resolve("eval/exports/semantic-iou/room-val-0-00001.ply"));
            browser.evaluate("cscView.place(" + above(file, file.size() / 2) + ")");
            String told = hover(browser);
            int i = told(file, told);
            assertThat(told)
                    .contains("prediction: ", "(" + (int) value(file, "label", i) + ")")
                    .contains(String.format(Locale.ROOT, "confidence: %.2f", value(file, "confidence", i)))
                    .contains("colour: " + (int) value(file, "scan_red", i) + " " + (int) value(file, "scan_green", i)
                            + " ");

            String before = browser.evaluate("cscView.picture()").asText();
            browser.click("#legend input");
            HeadlessBrowser.pause(300);
            assertThat(browser.evaluate("cscView.picture()").asText()).isNotEqualTo(before);
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void theBoxesOfADetectionAreSeenBesideTheTrueOnes() throws IOException {
        Path run = run(
                "{ type: res16unet14a, width: 0.25, voxel-size: 0.1 }",
                "{ type: detection, seeds: 64, proposals: 16 }",
                "{ type: detection-ap, confidence: 0 }");
        Path page = view(run.resolve("eval"));
        try (HeadlessBrowser browser = HeadlessBrowser.start(1280, 760)) {
            browser.open(page, "#scene=room-val-0-00001&left=0:label&right=0:photo", READY);
            HeadlessBrowser.pause(500);
            BufferedImage boxes = browser.picture(Path.of("target/pictures/view-detection.png"));
            browser.click("#boxes");
            HeadlessBrowser.pause(500);
            BufferedImage none = browser.picture();
            assertThat(differing(boxes, none, 0)).isGreaterThan(300);
            assertThat(differing(boxes, none, 1)).isGreaterThan(300);

            PointCloud file = CloudFiles.read(run.resolve("eval/exports/detection-ap/room-val-0-00001.ply"));
            browser.evaluate("cscView.place(" + above(file, file.size() / 2) + ")");
            String told = hover(browser);
            int i = told(file, told);
            int label = (int) value(file, "label_true", i);
            assertThat(told)
                    .contains("colour: " + (int) value(file, "red", i) + " " + (int) value(file, "green", i) + " ")
                    .contains(label < 0 ? "colour: " : "label: ", label < 0 ? "colour: " : "(" + label + ")");
            // From above one point not every class is seen; from where all of them fit, each is.
            browser.click("#fit");
            HeadlessBrowser.pause(300);
            String before = browser.evaluate("cscView.picture()").asText();
            browser.click("#legend input");
            HeadlessBrowser.pause(300);
            assertThat(browser.evaluate("cscView.picture()").asText()).isNotEqualTo(before);

            browser.open(run.resolve("report.html"), "", "window.cscReport && cscReport.ready");
            BufferedImage report = browser.picture(Path.of("target/pictures/report-detection.png"));
            assertThat(colours(report)).isGreaterThan(50);
            assertThat(browser.evaluate("document.body.textContent").asText())
                    .contains("Finished: 2 of 2 stages", "detection-ap");
            assertThat(browser.errors()).isEmpty();
        }
    }

    /** How many pixels of a half of the page, left or right of the middle of both views, differ. */
    private static int differing(BufferedImage a, BufferedImage b, int half) {
        int differing = 0;
        int middle = 210 + (a.getWidth() - 420) / 2;
        for (int y = 100; y < a.getHeight(); y++) {
            for (int x = half == 0 ? 210 : middle; x < (half == 0 ? middle : a.getWidth() - 210); x++) {
                differing += a.getRGB(x, y) == b.getRGB(x, y) ? 0 : 1;
            }
        }
        return differing;
    }

    @Test
    void whatCannotBeShownIsRefusedWithTheNextStep() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(InProcess.csc("view", folder.resolve("missing").toString()).said())
                .contains("there is no file or folder");
        InProcess none = InProcess.csc("view", empty.toString());
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.said()).contains("holds no clouds", "'predict:' stage");
        Path cloud = Files.writeString(folder.resolve("a.xyz"), "0 0 0\n1 1 1\n");
        assertThat(InProcess.csc("view", cloud.toString(), "--points", "6000000")
                        .said())
                .contains("from 1 to 5000000");
        assertThat(InProcess.csc("view", cloud.toString(), "--label", "kind").said())
                .contains("has no field 'kind'");
    }

    @Test
    void openIsRefusedWhereThereIsNoDisplay() throws IOException {
        Path cloud = Files.writeString(folder.resolve("a.xyz"), "0 0 0\n1 1 1\n");
        InProcess refused = InProcess.csc(Map.of(), "view", cloud.toString(), "--open");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.said()).contains("no display here", "DISPLAY");
    }
}
