package org.scenecontexts.pointgroup.ap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.pointgroup.ClassNumbers;

/** Scenes of one class, without objects, or in which nothing was found: all of them are measured and exported. */
class DegenerateScenesTest {

    private static final int POINTS = 150;

    @TempDir
    Path folder;

    private InstanceBenchmark benchmark(boolean legacy) {
        InstanceBenchmark benchmark = new InstanceBenchmark(
                SceneClasses.of(List.of("floor", "chair")),
                new InstanceApFactory.Config(ClassNumbers.STUFF, 100, 10, legacy, true, true, List.of()),
                message -> {});
        benchmark.prepareExport(folder);
        return benchmark;
    }

    private static Scene scene(int label, int instance) {
        int[] labels = new int[POINTS];
        int[] instances = new int[POINTS];
        Arrays.fill(labels, label);
        Arrays.fill(instances, instance);
        return Scene.ofPositions("room", new float[3 * POINTS])
                .withLabels(labels)
                .withInstances(instances);
    }

    private static int[] all() {
        return java.util.stream.IntStream.range(0, POINTS).toArray();
    }

    private static ScenePrediction prediction(ScenePrediction.Instance... found) {
        return ScenePrediction.semantic(new int[POINTS], new float[POINTS], new float[2 * POINTS], new int[POINTS])
                .withInstances(List.of(found));
    }

    private Report measure(InstanceBenchmark benchmark, Scene scene, ScenePrediction prediction) {
        SampledPoints points = new SampledPoints(scene, new int[0], 0, all(), all());
        benchmark.add(scene, points, prediction);
        benchmark.export(folder);
        assertThat(folder.resolve("room.ply")).isNotEmptyFile();
        assertThat(folder.resolve("room.json")).isNotEmptyFile();
        assertThat(folder.resolve("benchmark_instance/room.txt")).exists();
        return benchmark.report();
    }

    @Test
    void nothingFoundIsZeroAndAnEmptyList() throws java.io.IOException {
        Report report = measure(benchmark(false), scene(1, 0), prediction());

        assertThat(report.figures()).containsEntry("ap50", 0.0).containsEntry("mean-recall", 0.0);
        assertThat(Files.readString(folder.resolve("benchmark_instance/room.txt")))
                .isEmpty();
    }

    @Test
    void aSceneWithoutObjectsHasNoFigure() {
        Report report = measure(
                benchmark(false), scene(0, -1), prediction(new ScenePrediction.Instance(1, 0.5f, all(), all())));

        assertThat(report.figures().get("ap50")).isNaN();
        assertThat(report.figures().get("mean-recall")).isNaN();
    }

    @Test
    void aSceneThatIsOneObjectIsFound() {
        Report report =
                measure(benchmark(false), scene(1, 0), prediction(new ScenePrediction.Instance(1, 0.5f, all(), all())));

        assertThat(report.figures()).containsEntry("ap50", 1.0).containsEntry("voxel-ap50", 1.0);
    }

    @Test
    void aSceneNobodyKnowsAnythingAboutIsExportedOnly() {
        Scene bare = Scene.ofPositions("room", new float[3 * POINTS]);

        Report report = measure(benchmark(false), bare, prediction());

        assertThat(report.figures().get("ap50")).isNaN();
    }

    @Test
    void filesLieInTheFrameOfTheData() throws java.io.IOException {
        Scene far = scene(1, 0).withOrigin(new org.scenecontexts.api.data.Origin(500_000.25, 0, 0));

        measure(benchmark(false), far, prediction(new ScenePrediction.Instance(1, 0.5f, all(), all())));

        assertThat(CloudFiles.read(folder.resolve("room.ply"))
                        .column("x")
                        .values()
                        .doubles())
                .containsOnly(500_000.25);
        assertThat(Files.readString(folder.resolve("room.json"))).contains("500000.25");
    }
}
