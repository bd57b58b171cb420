package org.scenecontexts.semseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** Submitted labels are read as strictly as a server reads them, and count as they did when they were written. */
class SemanticSubmissionTest {

    private static final SceneClasses CLASSES = new SceneClasses(List.of("wall", "chair"), List.of(1, 2));
    private static final List<Integer> NUMBERS = List.of(1, 5);
    private static final int[] TRUTH = {0, 0, 1, -1};
    private static final int[] SAID = {0, 1, 1, 1};

    @TempDir
    Path folder;

    private SemanticIou benchmark;

    private static Scene scene(String id) {
        return Scene.ofPositions(id, new float[12]).withLabels(TRUTH);
    }

    @BeforeEach
    void write() {
        benchmark = new SemanticIou(CLASSES, new SemanticIouFactory.Config(false, true, NUMBERS, true));
        benchmark.prepareExport(folder);
        for (String id : List.of("scene0000_00", "scene0001_00")) {
            Scene scene = scene(id);
            benchmark.add(
                    scene,
                    new SampledPoints(scene, new int[0], 0, new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 3}),
                    ScenePrediction.semantic(SAID, new float[4], new float[8], SAID));
        }
    }

    private Report score(Path named) {
        SemanticScorer scorer = new SemanticScorer(CLASSES, SemanticSubmission.of(named, 2, NUMBERS));
        scorer.add(scene("scene0000_00"));
        scorer.add(scene("scene0001_00"));
        return scorer.report();
    }

    private Path file(String name) {
        return folder.resolve("benchmark_segmentation").resolve(name);
    }

    @Test
    void theFolderCountsAsItDidWhenItWasWritten() {
        benchmark.export(folder);
        Map<String, Double> then = benchmark.report().figures();

        Report now = score(folder);

        assertThat(now.figures().keySet()).containsExactly("miou", "accuracy", "mean-class-accuracy");
        now.figures().forEach((name, value) -> assertThat(value).as(name).isEqualTo(then.get(name)));
        assertThat(score(folder.resolve("benchmark_segmentation"))).isEqualTo(now);
    }

    @ParameterizedTest
    @CsvSource({
        "'1\n5\n13\n5\n', 'line 3: 13 is the number of no class; expected is one of 1, 5'",
        "'1\n5\nchair\n5\n', 'line 3: a whole number is expected, found ''chair'''",
        "'1\n\n5\n5\n', 'line 2: a whole number is expected'",
        "'1\n5\n5\n', 'has 3 lines, but the scene has 4 points'",
        "'1\n5\n5\n5\n5\n', 'has 5 lines, but the scene has 4 points'",
        "'', 'has 0 lines'"
    })
    void aFileThatTheServerRefusesIsNamedWithLineAndReason(String text, String reason) throws IOException {
        Files.writeString(file("scene0001_00.txt"), text);
        assertThatThrownBy(() -> score(folder))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene0001_00.txt")
                .hasMessageContaining(reason);
    }

    @Test
    void bytesThatAreNoTextAreNamedAsALine() throws IOException {
        Files.write(file("scene0000_00.txt"), "1\n5\n\u00ff\n5\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> score(folder)).hasMessageContaining("scene0000_00.txt, line 3");
    }

    @Test
    void aMissingFileAndAStrangeOneAreRefused() throws IOException {
        Files.copy(file("scene0000_00.txt"), file("scene0007_00.txt"));
        assertThatThrownBy(() -> score(folder))
                .hasMessageContaining("scene0007_00.txt")
                .hasMessageContaining("belongs to none of the 2 scenes");
        Files.delete(file("scene0001_00.txt"));
        assertThatThrownBy(() -> score(folder))
                .hasMessageContaining("scene0001_00.txt")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> score(folder.resolve("nowhere"))).hasMessageContaining("nowhere: no such folder");
    }

    @Test
    void twoClassesOfOneNumberCannotBeToldApart() {
        assertThatThrownBy(() -> SemanticSubmission.of(folder, 2, List.of(5, 5)))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("'submission-labels' gives two classes the same number");
    }

    @Test
    void pointsWithoutAClassAreMissed() throws IOException {
        Files.writeString(file("scene0000_00.txt"), "0\n1\n5\n5\n");
        Files.writeString(file("scene0001_00.txt"), "-1\n1\n5\n5\n");
        assertThat(score(folder).figures().get("accuracy")).isEqualTo(4 / 6.0);
    }

    @Test
    void aFolderThatSomethingElseChangedIsNotCalledDone() throws IOException {
        Files.writeString(file("scene0001_00.txt"), "1\n5\n");
        assertThatThrownBy(() -> benchmark.export(folder))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("scene0001_00.txt: has 2 lines");
    }

    @Test
    void foldsAreCountedAsIfTheyHadBeenOneEvaluation() {
        Report whole = benchmark.report();

        Report joined = SemanticIou.joined(List.of(whole, whole));

        assertThat(joined.figures().get("miou")).isEqualTo(whole.figures().get("miou"));
        assertThat(joined.figures().get("voxel-miou")).isEqualTo(whole.figures().get("voxel-miou"));
        assertThat(joined.tables().get(1).rows().getFirst()).containsExactly("wall", 4L, 4L, 0L);
    }
}
