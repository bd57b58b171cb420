package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.SceneColumns;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.testing.HeadlessBrowser;

/** Names of files, fields and classes that are markup or programs end up as text in a browser. */
class HostileNamesTest {

    private static final String IMAGE = "<img src=x onerror=window.harmed=1>";
    private static final String SCRIPT = "';window.harmed=1;'<b onclick=window.harmed=1>";
    private static final String READY = "window.cscView && cscView.ready()";

    @TempDir
    Path folder;

    private Path cloud(Path file, String field) throws IOException {
        PointCloud cloud = PointCloud.of(
                "cloud",
                Column.of("x", new float[] {0, 1, 2, 3}),
                Column.of("y", new float[] {0, 1, 0, 1}),
                Column.of("z", new float[] {0, 0, 1, 1}),
                Column.of("label", new int[] {0, 1, 0, 1}),
                Column.of(field, new int[] {0, 1, 1, 0}));
        Files.createDirectories(file.getParent());
        CloudFiles.write(file, SceneColumns.commented(cloud, SceneClasses.of(List.of(IMAGE, SCRIPT))));
        return file;
    }

    private static void unharmed(HeadlessBrowser browser) {
        assertThat(browser.evaluate("window.harmed === undefined").asBoolean()).isTrue();
        assertThat(browser.evaluate("document.querySelectorAll('img[src=x], b').length")
                        .asInt())
                .isZero();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void inTheViewer() throws IOException {
        Path clouds = folder.resolve("clouds");
        // What a field of a PLY may be called has no blanks.
        cloud(clouds.resolve(IMAGE + ".ply"), "<b>field</b>");
        cloud(clouds.resolve("plain.ply"), "<b>field</b>");
        Path page = folder.resolve("page.html");
        new Viewer(List.of())
                .write(new Viewer.Request(
                        clouds,
                        Optional.empty(),
                        page,
                        Up.Z,
                        Optional.of("<b>field</b>"),
                        Optional.of("label"),
                        1000,
                        10));
        try (HeadlessBrowser browser = HeadlessBrowser.start(1000, 600)) {
            browser.open(page, "#left=0:prediction&right=0:label", READY);
            browser.picture(Path.of("target/pictures/hostile-names.png"));
            assertThat(browser.evaluate("document.getElementById('scenes').textContent")
                            .asText())
                    .contains(IMAGE);
            assertThat(browser.evaluate("document.getElementById('legend').textContent")
                            .asText())
                    .contains(IMAGE, SCRIPT);
            browser.evaluate("[...document.querySelectorAll('#scenes button')].forEach(b => b.click())");
            HeadlessBrowser.pause(300);
            unharmed(browser);
        }
    }

    @Test
    void inTheReport() throws IOException {
        Files.createDirectories(folder.resolve("eval"));
        Files.createFile(folder.resolve("eval/stage.yaml"));
        cloud(folder.resolve("eval/exports/semantic-iou").resolve(IMAGE + ".ply"), "truth");
        Files.createDirectories(folder.resolve("eval/reports"));
        Files.writeString(folder.resolve("eval/reports/" + IMAGE + ".csv"), IMAGE + ",points\n" + SCRIPT + ",3\n");
        Files.writeString(folder.resolve("eval/metrics.json"), "{\"<b>miou</b>\": 0.5}");
        new RunReport(Set.of())
                .write(new RunReport.Run(
                        folder,
                        List.of(new RunReport.StageEntry(
                                "eval", "eval", "evaluate", Map.of(), RunReport.State.FINISHED)),
                        List.of(),
                        RunReport.Progress.ENDED));
        try (HeadlessBrowser browser = HeadlessBrowser.start(1000, 900)) {
            browser.open(folder.resolve(RunReport.FILE), "", "window.cscReport && cscReport.ready");
            assertThat(browser.evaluate("document.body.textContent").asText()).contains(IMAGE, SCRIPT, "<b>miou</b>");
            unharmed(browser);
            browser.open(folder.resolve(RunReport.VIEWER), "", READY);
            unharmed(browser);
        }
    }
}
