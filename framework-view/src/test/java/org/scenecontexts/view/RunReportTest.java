package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.testing.HeadlessBrowser;
import org.scenecontexts.view.RunReport.StageEntry;
import org.scenecontexts.view.RunReport.State;

/** The page of a run, made of files as runs write them, seen in a browser. */
class RunReportTest {

    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

    @TempDir
    Path folder;

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> write(RunReport.Progress progress, List<String> axes, StageEntry... stages) {
        return new RunReport(Set.of("seconds")).write(new RunReport.Run(folder, List.of(stages), axes, progress));
    }

    private static StageEntry stage(String id, String kind, State state) {
        return new StageEntry(id, id, kind, Map.of(), state);
    }

    private HeadlessBrowser open() {
        HeadlessBrowser browser = HeadlessBrowser.start(1150, 1600);
        browser.open(folder.resolve(RunReport.FILE), "", "window.cscReport && cscReport.ready");
        return browser;
    }

    private static String text(HeadlessBrowser browser, String selector) {
        JsonNode found = browser.evaluate("document.querySelector('" + selector + "')?.textContent ?? ''");
        return found.asText();
    }

    @Test
    void aTrainingAndItsMeasurementAreToldInFull() throws IOException {
        file("pipeline.yaml", "name: looked # <b>bold</b>\n");
        file("environment.json", "{\"csc\": \"1\"}");
        file("train/metrics.jsonl", """
            {"iteration":10,"loss":2.5,"lr":0.01,"hit-rate":0.125,"step_seconds":0.5}
            {"iteration":20,"loss":1.5,"lr":0.005,"hit-rate":0.25,"step_seconds":0.5}
            {"iteration":20,"val/miou":0.3125}
            """);
        file("train/metrics.json", "{\"stage\":\"train\",\"loss\":1.5,\"seconds\":75.0,\"peak_memory_bytes\":2000000}");
        file("eval/metrics.json", "{\"stage\":\"eval\",\"miou\":0.75,\"seconds\":119.7}");
        file("eval/reports/classes.csv", "class,iou,points\nwall,0.5,100\n" + HOSTILE + ",1.0,20\n");
        file("eval/reports/confusion-matrix.csv", "truth,wall," + HOSTILE + "\nwall,60,40\n" + HOSTILE + ",5,15\n");
        // As wide as a confusion matrix of two classes, and none.
        file("eval/reports/parts.csv", "truth,points,part\nwall,100,0.5\nchair,20,0.25\n");
        Path exports = Files.createDirectories(folder.resolve("eval/exports/semantic-iou"));
        Files.createFile(folder.resolve("eval/stage.yaml"));
        for (int wrong = 0; wrong < 3; wrong++) {
            int[] truth = {wrong > 0 ? 1 : 0, wrong > 1 ? 1 : 0, 0};
            CloudFiles.write(
                    exports.resolve("room" + wrong + ".ply"),
                    PointCloud.of(
                            "room",
                            Column.of("x", new float[] {0, 1, 2}),
                            Column.of("y", new float[] {0, 1, 0}),
                            Column.of("z", new float[] {0, 0, 1}),
                            Column.of("label", new int[3]),
                            Column.of("truth", truth)));
        }
        assertThat(write(
                        RunReport.Progress.ENDED,
                        List.of(),
                        stage("train", "train", State.FINISHED),
                        stage("eval", "evaluate", State.FINISHED)))
                .isEmpty();
        assertThat(folder.resolve(RunReport.VIEWER)).isNotEmptyFile();
        try (HeadlessBrowser browser = open()) {
            browser.picture(Path.of("target/pictures/report.png"));
            assertThat(text(browser, "#state")).contains("Finished: 2 of 2 stages");
            for (String chart : List.of("loss", "validation", "learning rate", "hit-rate", "seconds per step")) {
                assertThat(browser.evaluate("document.querySelectorAll('[data-chart=\"" + chart + "\"] canvas').length")
                                .asInt())
                        .as(chart)
                        .isEqualTo(1);
            }
            assertThat(text(browser, "#report"))
                    .contains(
                            "1 min 15 s",
                            "2 min 0 s",
                            "miou 0.7500",
                            HOSTILE,
                            "name: looked # <b>bold</b>",
                            "csc run pipeline.yaml");
            assertThat(browser.evaluate("document.querySelectorAll('b, img[src=x]').length")
                            .asInt())
                    .isZero();
            assertThat(browser.evaluate("[...document.querySelectorAll('figure a')].map(a => a.getAttribute('href'))"
                                    + ".join(' ')")
                            .asText())
                    .startsWith("view.html#scene=room2&top=")
                    .endsWith("view.html#scene=room0&top=");
            assertThat(browser.evaluate("document.querySelectorAll('.heat').length")
                            .asInt())
                    .as("the confusion matrix alone")
                    .isEqualTo(1);
            browser.evaluate("document.querySelector('.heat').scrollIntoView({block: 'center'})");
            JsonNode cell = browser.evaluate("(() => { const r = document.querySelectorAll('.heat td')[1]"
                    + ".getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()");
            browser.mouse("mouseMoved", cell.get(0).asDouble(), cell.get(1).asDouble(), "none");
            browser.await("document.getElementById('tip').style.display === 'block'");
            assertThat(text(browser, "#tip")).contains("wall taken for " + HOSTILE, "40 of 100 (40.0 %)");
            assertThat(browser.errors()).isEmpty();
            assertThat(browser.requests())
                    .allSatisfy(address -> assertThat(address).matches("(?s)(file|data|about):.*"));
        }
    }

    @Test
    void aPreTrainingShowsTwoViewsInTheColoursOfTheirFeatures() throws IOException {
        file("train/metrics.jsonl", "{\"iteration\":10,\"loss\":2.5,\"hit-rate\":0.125}\n");
        PairPictureTest.pairs(folder.resolve("train"), true);
        file("other/pairs.npz", "no archive");
        write(
                RunReport.Progress.ENDED,
                List.of(),
                stage("train", "train", State.FINISHED),
                stage("other", "train", State.FINISHED));
        try (HeadlessBrowser browser = open()) {
            browser.await("document.querySelector('figure.pair img').naturalWidth === 900");
            browser.evaluate("document.querySelector('figure.pair').scrollIntoView()");
            browser.picture(Path.of("target/pictures/report-pair.png"));
            // The lowest point of the first post in both views, and the empty corner above it.
            JsonNode pixels = browser.evaluate(
                    "(() => { const c = document.createElement('canvas'); c.width = 900;"
                            + " c.height = 420; const g = c.getContext('2d');"
                            + " g.drawImage(document.querySelector('figure.pair img'), 0, 0);"
                            + " return [[1, 418], [481, 418], [1, 2]].map(p => [...g.getImageData(...p, 1, 1).data].join()); })()");
            assertThat(pixels.get(0).asText())
                    .endsWith(",255")
                    .isEqualTo(pixels.get(1).asText());
            assertThat(pixels.get(2).asText()).endsWith(",0");
            assertThat(text(browser, "figure.pair figcaption")).contains("120 points", "60 of 60 matches");
            assertThat(text(browser, "#stage-other")).contains("There is no picture", "pairs.npz");
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aMatrixOfPreTrainingsShowsTheFirstTwelvePairsAndSaysSoOfTheOthers() throws IOException {
        List<StageEntry> stages = new ArrayList<>();
        for (int seed = 0; seed < 14; seed++) {
            PairPictureTest.pairs(Files.createDirectories(folder.resolve("train" + seed)), true);
            stages.add(stage("train" + seed, "train", State.FINISHED));
        }
        write(RunReport.Progress.ENDED, List.of(), stages.toArray(StageEntry[]::new));
        String page = Files.readString(folder.resolve(RunReport.FILE));
        assertThat(page.split("data:image/png;base64,", -1)).hasSize(12 + 1);
        assertThat(page.split("this page has those of the first 12 trainings on pairs", -1))
                .hasSize(2 + 1);
    }

    @Test
    void aTrainingThatGoesOnIsToldAsFarAsItIs() throws IOException {
        file("train/metrics.jsonl", "{\"iteration\":10,\"loss\":2.5}\n{\"iter");
        write(
                RunReport.Progress.GOING_ON,
                List.of(),
                stage("train", "train", State.RUNNING),
                stage("eval", "evaluate", State.WAITING));
        try (HeadlessBrowser browser = open()) {
            assertThat(text(browser, "#state")).contains("Running: 0 of 2 stages", "Load the page again");
            assertThat(browser.evaluate("document.querySelectorAll('[data-chart=loss] canvas').length")
                            .asInt())
                    .isEqualTo(1);
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aMatrixHasItsTableBarsWithErrorBarsAndLinksToItsCells() throws IOException {
        file(
                "results.csv",
                "stage,init,runs,failed,miou mean,miou spread\neval,scratch,2,0,0.25,0.05\neval,0.5,2,0,0.5,0.125\n");
        file("cells.csv", "stage,init,seed,status,miou\neval,scratch,1,done,0.2\neval,0.5,1,done,0.5\n");
        write(
                RunReport.Progress.ENDED,
                List.of("init", "seed"),
                new StageEntry(
                        "eval@init=scratch,seed=1",
                        "eval",
                        "evaluate",
                        Map.of("init", "scratch", "seed", "1"),
                        State.FINISHED),
                new StageEntry(
                        "eval@init=0.5,seed=1",
                        "eval",
                        "evaluate",
                        Map.of("init", "0.5", "seed", "1"),
                        State.FINISHED));
        try (HeadlessBrowser browser = open()) {
            browser.picture(Path.of("target/pictures/report-matrix.png"));
            assertThat(browser.evaluate("document.querySelectorAll('[data-chart=miou] canvas').length")
                            .asInt())
                    .isEqualTo(1);
            assertThat(browser.evaluate(
                                    "[...document.querySelectorAll('td a')].map(a => a.getAttribute('href')).join(' ')")
                            .asText())
                    .isEqualTo("#stage-eval@init=scratch,seed=1 #stage-eval@init=0.5,seed=1");
            assertThat(text(browser, "#report")).contains("miou mean", "0.1250");
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aCloudThatCannotBeReadCostsThePicturesNotTheReport() throws IOException {
        file("eval/stage.yaml", "");
        file("eval/exports/x/broken.ply", "ply\nbroken");
        assertThat(write(RunReport.Progress.ENDED, List.of(), stage("eval", "evaluate", State.FINISHED)))
                .singleElement()
                .asString()
                .contains("the report shows no scenes", "broken.ply");
        assertThat(folder.resolve(RunReport.FILE)).isNotEmptyFile();
    }
}
