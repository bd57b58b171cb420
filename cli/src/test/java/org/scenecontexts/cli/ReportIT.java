package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.HeadlessBrowser;

/** What commands name at their end, opened as a person would. */
class ReportIT {

    private static final String RUN = """
        name: told
        seed: 1
        stages:
          - id: train
            train:
              data: &data { type: synthetic-rooms, split: train, scenes: 2 }
              inputs: [colour, height]
              backbone: { type: res16unet14a, width: 0.25, voxel-size: 0.1 }
              task: semantic-segmentation
              iterations: 4
              batch: 1
              log-every: 1
              validation: { data: *data, benchmark: semantic-iou, every: 2 }
          - id: eval
            evaluate:
              model: ${train}
              data: { type: synthetic-rooms, split: val, scenes: 2 }
              benchmark: semantic-iou
              export: true
        """;

    @TempDir
    Path folder;

    private List<String> csc(String... arguments) {
        return InProcess.csc(arguments).succeeded().lines().toList();
    }

    @Test
    void aRunAnEvaluationAndAPredictionEndByNamingThePageToLookAt() throws IOException {
        Path pipeline = Files.writeString(folder.resolve("told.yaml"), RUN);
        List<String> said = csc("run", pipeline.toString(), "--runs", folder.toString(), "--threads", "2");
        Path report = folder.resolve("told/report.html");
        assertThat(said.getLast()).isEqualTo("  report           " + report);
        Path scene = folder.resolve("told/eval/exports/semantic-iou/room-val-0-00000.ply");
        Path out = folder.resolve("labelled.ply");
        List<String> predicted = csc(
                "predict",
                "--model",
                folder.resolve("told/train").toString(),
                scene.toString(),
                "--out",
                out.toString());
        Path page = folder.resolve("labelled.html");
        assertThat(predicted.getLast()).isEqualTo("to look at it: " + page);
        try (HeadlessBrowser browser = HeadlessBrowser.start(1150, 1600)) {
            browser.open(report, "", "window.cscReport && cscReport.ready");
            browser.picture(Path.of("target/pictures/report-segmentation.png"));
            assertThat(browser.evaluate(
                                    "[...document.querySelectorAll('[data-chart]')].map(c => c.dataset.chart).join()")
                            .asText())
                    .contains("loss", "validation", "learning rate", "seconds per step");
            assertThat(browser.evaluate("document.querySelectorAll('.heat').length")
                            .asInt())
                    .isEqualTo(2);
            assertThat(browser.evaluate("document.body.textContent").asText())
                    .contains("Finished: 2 of 2 stages", "res16unet14a", "contents_sha256");
            String link = browser.evaluate("document.querySelector('figure a').getAttribute('href')")
                    .asText();
            browser.open(
                    report.resolveSibling("view.html"),
                    link.substring(link.indexOf('#')),
                    "window.cscView && cscView.ready()");
            browser.open(page, "", "window.cscView && cscView.ready()");
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aPreTrainingShowsBothViewsOfAPairInTheColoursOfTheirFeatures() throws IOException {
        Path pipeline = Files.writeString(folder.resolve("paired.yaml"), """
            name: paired
            seed: 1
            stages:
              - id: pretrain
                train:
                  data: { type: synthetic-pairs, scenes: 2, density: 0.2 }
                  inputs: [colour]
                  backbone: { type: res16unet14a, width: 0.25, voxel-size: 0.1 }
                  task: { type: contrastive, loss: point-info-nce }
                  iterations: 2
                  batch: 1
                  log-every: 1
            """);
        csc("run", pipeline.toString(), "--runs", folder.toString(), "--threads", "2");
        Map<String, NpArray> pair = Npz.readAll(folder.resolve("paired/pretrain/pairs.npz"));
        assertThat(pair.get("features0").dim(1)).isEqualTo(pair.get("features1").dim(1));
        int[] first = pair.get("matches0").ints();
        int[] second = pair.get("matches1").ints();
        assertThat(first).hasSizeGreaterThan(50);
        float[] places = pair.get("positions0").floats();
        float[] others = pair.get("positions1").floats();
        for (int k = 0; k < first.length; k++) {
            // Matches are places within one and a half voxels, in the frame that both views share.
            double squared = 0;
            for (int axis = 0; axis < 3; axis++) {
                squared += Math.pow(places[3 * first[k] + axis] - others[3 * second[k] + axis], 2);
            }
            assertThat(Math.sqrt(squared)).isLessThan(0.15 + 1e-6);
        }
        try (HeadlessBrowser browser = HeadlessBrowser.start(1150, 1200)) {
            browser.open(folder.resolve("paired/report.html"), "", "window.cscReport && cscReport.ready");
            browser.await("document.querySelector('figure.pair img').naturalWidth === 900");
            browser.picture(Path.of("target/pictures/report-pre-training.png"));
            assertThat(browser.evaluate("document.querySelector('figure.pair').textContent")
                            .asText())
                    .contains("60 of " + String.format(Locale.ENGLISH, "%,d", first.length) + " matches");
            assertThat(browser.evaluate("document.querySelectorAll('[data-chart=hit-rate] canvas').length")
                            .asInt())
                    .isEqualTo(1);
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void openIsRefusedBeforeAnythingIsRun() throws IOException {
        Path pipeline = Files.writeString(folder.resolve("told.yaml"), RUN);
        InProcess refused = InProcess.csc(Map.of(), "run", pipeline.toString(), "--runs", folder.toString(), "--open");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.said()).contains("no display here");
        assertThat(folder.resolve("told")).doesNotExist();
    }
}
