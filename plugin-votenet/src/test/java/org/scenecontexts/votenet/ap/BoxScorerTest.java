package org.scenecontexts.votenet.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;

/** Submitted boxes are read as strictly as a server reads them, and count as they did when they were written. */
class BoxScorerTest {

    private static final SceneClasses CLASSES = SceneClasses.of(List.of("chair", "table"));
    private static final DetectionApFactory.Config CONFIG = new DetectionApFactory.Config(
            List.of(0.25, 0.5), List.of(), false, false, 0, true, List.of(5, 7), BoxSubmission.Frame.ALIGNED);
    private static final Scene SCENE = Scene.ofPositions("scene0000_00", new float[3])
            .withOrigin(new Origin(100, 200, 0))
            .withBoxes(List.of(box(0, 0, 0), box(0, 3, 0), box(1, 6, 1)));

    @TempDir
    Path folder;

    private DetectionBenchmark benchmark;

    private static Box box(int label, double x, int instance) {
        return new Box(x, 0, 0.5, 1, 1, 1, 0, label, instance);
    }

    @BeforeEach
    void write() {
        benchmark = new DetectionBenchmark(CLASSES, CONFIG, warning -> {});
        benchmark.prepareExport(folder);
        benchmark.add(
                SCENE,
                new SampledPoints(SCENE, new int[0], 0, new int[] {0}, new int[] {0}),
                ScenePrediction.boxes(List.of(
                        new ScoredBox(box(0, 0.1, -1), 0.9f),
                        new ScoredBox(box(0, 10, -1), 0.8f),
                        new ScoredBox(box(0, 3.4, -1), 0.7f),
                        new ScoredBox(box(1, 6, -1), 0.6f))));
    }

    private Report score() {
        BoxScorer scorer = new BoxScorer(
                CLASSES,
                CONFIG,
                BoxSubmission.of(folder, CONFIG.submissionLabels(), CONFIG.submissionFrame(), warning -> {}));
        scorer.add(SCENE);
        return scorer.report();
    }

    private Path file() {
        return folder.resolve("benchmark_output/scene0000_00.txt");
    }

    @Test
    void theFolderCountsAsItDidWhenItWasWritten() {
        benchmark.export(folder);
        Map<String, Double> then = benchmark.report().figures();

        assertThat(score().figures()).isEqualTo(then);
        assertThat(then.get("map25")).isBetween(0.5, 0.99);
        assertThat(then.get("map50")).isLessThan(then.get("map25"));
    }

    @ParameterizedTest
    @CsvSource({
        "'0 0 0 1 1 1 6 0.5', 'line 1: 6.0 is the number of no class; expected is one of 5, 7'",
        "'0 0 0 1 1 1 5', 'line 1: 8 finite numbers are expected'",
        "'0 0 0 1 1 1 5 2', 'line 1: a score from 0 to 1'",
        "'0 0 2 1 1 1 5 0.5', 'line 1: the lowest corner lies above the highest along z'",
        "'0 0 0 1 1 1 chair 0.5', 'line 1: ''chair'' is no number'"
    })
    void aFileThatTheServerRefusesIsNamedWithLineAndReason(String text, String reason) throws IOException {
        Files.writeString(file(), text);
        assertThatThrownBy(this::score)
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene0000_00.txt")
                .hasMessageContaining(reason);
    }

    @Test
    void twoClassesOfOneNumberCannotBeToldApart() {
        assertThatThrownBy(() -> BoxSubmission.of(folder, List.of(5, 5), BoxSubmission.Frame.ALIGNED, warning -> {}))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("'submission-labels' gives two classes the same number");
    }

    @Test
    void missingAndStrangeScenesAreRefused() throws IOException {
        Files.writeString(file().resolveSibling("scene0007_00.txt"), "");
        assertThatThrownBy(this::score).hasMessageContaining("scene0007_00.txt: belongs to none of the 1 scenes");
        Files.delete(file());
        assertThatThrownBy(this::score).hasMessageContaining("scene0000_00.txt: no such file");
    }
}
