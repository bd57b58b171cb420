package org.scenecontexts.pointgroup.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.ScenePrediction;

/** Submitted objects are read as strictly as a server reads them, and count as they did when they were written. */
class InstanceScorerTest {

    private static final SceneClasses CLASSES = SceneClasses.of(List.of("wall", "chair", "table"));
    private static final int POINTS = 8;
    private static final int[] ROWS = IntStream.range(0, POINTS).toArray();
    private static final InstanceApFactory.Config CONFIG =
            new InstanceApFactory.Config(List.of("wall"), 2, 2, false, false, true, List.of(1, 5, 7));

    /** A chair of four points, a table of three and a wall. */
    private static final Scene SCENE = Scene.ofPositions("scene0000_00", new float[3 * POINTS])
            .withLabels(new int[] {1, 1, 1, 1, 2, 2, 2, 0})
            .withInstances(new int[] {0, 0, 0, 0, 1, 1, 1, -1});

    @TempDir
    Path folder;

    private InstanceBenchmark benchmark;

    @BeforeEach
    void write() {
        benchmark = new InstanceBenchmark(CLASSES, CONFIG, warning -> {});
        benchmark.prepareExport(folder);
        benchmark.add(
                SCENE,
                new SampledPoints(SCENE, new int[0], 0, ROWS, ROWS),
                ScenePrediction.of()
                        .withInstances(
                                List.of(object(1, 0.9f, 0, 1, 2), object(1, 0.3f, 3, 4), object(2, 0.25f, 5, 6, 7))));
    }

    private static ScenePrediction.Instance object(int label, float score, int... points) {
        return new ScenePrediction.Instance(label, score, points, points);
    }

    private Report score() {
        InstanceScorer scorer = new InstanceScorer(
                CLASSES,
                InstanceSubmission.of(folder, CLASSES.count(), CONFIG.submissionLabels()),
                InstanceBenchmark.atPoints(CLASSES, CONFIG));
        scorer.add(SCENE);
        return scorer.report();
    }

    private Path file(String name) {
        return folder.resolve("benchmark_instance").resolve(name);
    }

    @Test
    void theFolderCountsAsItDidWhenItWasWritten() {
        benchmark.export(folder);
        Map<String, Double> then = benchmark.report().figures();

        Report now = score();

        assertThat(now.figures().keySet()).containsExactly("ap50", "ap25", "ap");
        now.figures().forEach((name, value) -> assertThat(value).as(name).isEqualTo(then.get(name)));
        assertThat(now.figures().get("ap50")).isBetween(0.1, 0.9);
    }

    /** A wrong object before a right one of the same class, apart by less than files can say: for a server they are equal. */
    @Test
    void confidencesCountWithTheDecimalsThatTheServerSees() {
        InstanceBenchmark close = new InstanceBenchmark(CLASSES, CONFIG, warning -> {});
        close.prepareExport(folder);
        close.add(
                SCENE,
                new SampledPoints(SCENE, new int[0], 0, ROWS, ROWS),
                ScenePrediction.of()
                        .withInstances(List.of(object(1, 0.90004f, 6, 7), object(1, 0.90002f, 0, 1, 2, 3))));
        Map<String, Double> then = close.report().figures();

        assertThat(score().figures().get("ap50")).isEqualTo(then.get("ap50"));
        assertThat(then.get("ap50")).isNotEqualTo(then.get("voxel-ap50"));
    }

    @ParameterizedTest
    @CsvSource({
        "'predicted_masks/scene0000_00_000.txt 5', 'line 1: expected a mask, the number of a class and a confidence'",
        "'predicted_masks/scene0000_00_000.txt 6 0.5', 'line 1: ''6'' is the number of no class; expected is one of 1, 5, 7'",
        "'predicted_masks/scene0000_00_000.txt 5 sure', 'line 1: a confidence is expected, found ''sure'''",
        "'predicted_masks/scene0000_00_000.txt 5 NaN', 'line 1: a finite confidence is expected'",
        "'predicted_masks/scene0000_00_009.txt 5 0.5', 'line 1: there is no mask'",
        "'../../secret.txt 5 0.5', 'does not lie in'",
        "'predicted_masks/scene0000_00_000.txt 5 0.5\npredicted_masks/scene0000_00_000.txt 5 0.5', 'line 2: names the mask'"
    })
    void aListThatTheServerRefusesIsNamedWithLineAndReason(String text, String reason) throws IOException {
        Files.writeString(file("scene0000_00.txt"), text);
        assertThatThrownBy(this::score)
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene0000_00.txt")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "'0\n0\n', 'has 2 lines, but the scene has 8 points'",
        "'0\n1\n2\n0\n0\n0\n0\n0\n', 'line 3: 0 or 1 is expected, found ''2'''",
        "'0\n0\n0\n0\n0\n0\n0\n0\n', 'is empty'"
    })
    void aMaskThatIsNoneIsNamedWithLineAndReason(String text, String reason) throws IOException {
        Files.writeString(file("predicted_masks/scene0000_00_001.txt"), text);
        assertThatThrownBy(this::score)
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene0000_00_001.txt")
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> benchmark.export(folder)).hasMessageContaining(reason);
    }

    @Test
    void aNameThatNoFileCanHaveIsNamedWithItsLine() throws IOException {
        Files.writeString(file("scene0000_00.txt"), "predicted_masks/a\0b.txt 5 0.5");
        assertThatThrownBy(this::score)
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("cannot be the name of a mask");
    }

    @Test
    void twoClassesOfOneNumberCannotBeToldApart() {
        assertThatThrownBy(() -> InstanceSubmission.of(folder, 3, List.of(1, 5, 5)))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("'submission-labels' gives two classes the same number");
    }

    @Test
    void missingAndStrangeScenesAreRefused() throws IOException {
        Files.writeString(file("scene0007_00.txt"), "");
        assertThatThrownBy(this::score).hasMessageContaining("scene0007_00.txt: belongs to none of the 1 scenes");
        Files.delete(file("scene0000_00.txt"));
        assertThatThrownBy(this::score).hasMessageContaining("scene0000_00.txt: no such file");
    }

    @Test
    void aSceneInWhichNothingWasFoundHasAnEmptyList() throws IOException {
        Files.writeString(file("scene0000_00.txt"), "");
        assertThat(score().figures().get("ap50")).isZero();
    }
}
