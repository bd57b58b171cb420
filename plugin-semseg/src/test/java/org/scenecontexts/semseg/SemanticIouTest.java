package org.scenecontexts.semseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;

class SemanticIouTest {

    private static final SceneClasses CLASSES =
            new SceneClasses(List.of("table", "chair"), List.of(0x102030, 0xFFFEFD));

    /** Four points, of which the first three fall into one voxel whose labels disagree. */
    private static final Scene SCENE = Scene.ofPositions(
                    "Area_5/office 1", new float[] {0, 0, 0, 0.1f, 0, 0, 0.2f, 0, 0, 5, 6, 7})
            .withLabels(new int[] {0, 0, 1, 1});

    private static final SampledPoints VOXELS = new SampledPoints(
            SCENE.select(new int[] {0, 3}).withLabels(new int[] {Labels.IGNORE, 1}),
            new int[] {0, 0, 0, 5, 6, 7},
            1,
            new int[] {0, 3},
            new int[] {0, 0, 0, 1});

    private static final ScenePrediction PREDICTION = ScenePrediction.semantic(
            new int[] {0, 0, 0, 1}, new float[] {0.9f, 0.9f, 0.9f, 0.6f}, new float[] {2, 0, 0, 1}, new int[] {0, 1});

    private static SemanticIou benchmark(SemanticIouFactory.Config config) {
        return new SemanticIou(CLASSES, config);
    }

    private static SemanticIouFactory.Config files(boolean ply, boolean submission, List<Integer> labels) {
        return new SemanticIouFactory.Config(ply, submission, labels, true);
    }

    @Test
    void countsAtOriginalPointsAndAtVoxels() {
        SemanticIou benchmark = benchmark(files(false, false, List.of()));

        benchmark.add(SCENE, VOXELS, PREDICTION);
        Report report = benchmark.report();

        assertThat(report.figures().get("miou")).isCloseTo((2 / 3.0 + 1 / 2.0) / 2, within(1e-12));
        assertThat(report.figures().get("accuracy")).isEqualTo(0.75);
        assertThat(report.figures().get("mean-class-accuracy")).isEqualTo(0.75);
        assertThat(report.figures().get("voxel-miou")).isEqualTo(1);
        assertThat(report.figures().get("voxel-accuracy")).isEqualTo(1);
    }

    @Test
    void tellsEveryClassAndEveryConfusion() {
        SemanticIou benchmark = benchmark(files(false, false, List.of()));

        benchmark.add(SCENE, VOXELS, PREDICTION);
        List<Report.Table> tables = benchmark.report().tables();

        assertThat(tables)
                .extracting(Report.Table::name)
                .containsExactly("classes", "confusion-matrix", "voxel-confusion-matrix");
        assertThat(tables.get(0).rows().get(1)).containsExactly("chair", 0.5, 0.5, 1.0, 2L, 1.0, 1.0);
        assertThat(tables.get(1).rows()).containsExactly(List.of("table", 2L, 0L, 0L), List.of("chair", 1L, 1L, 0L));
    }

    @Test
    void writesEveryOriginalPointInOrder(@TempDir Path folder) {
        SemanticIou benchmark = benchmark(files(true, false, List.of()));
        benchmark.prepareExport(folder);

        benchmark.add(SCENE, VOXELS, PREDICTION);
        benchmark.export(folder);

        PointCloud cloud = CloudFiles.read(folder.resolve("Area_5_office_1.ply"));
        assertThat(cloud.names())
                .containsExactly("x", "y", "z", "red", "green", "blue", "label", "confidence", "truth");
        assertThat(cloud.column("x").values().floats()).containsExactly(0, 0.1f, 0.2f, 5);
        assertThat(cloud.column("red").values().ints()).containsExactly(0x10, 0x10, 0x10, 0xFF);
        assertThat(cloud.column("blue").values().ints()).containsExactly(0x30, 0x30, 0x30, 0xFD);
        assertThat(cloud.column("label").values().ints()).containsExactly(0, 0, 0, 1);
        assertThat(cloud.column("confidence").values().floats()).containsExactly(0.9f, 0.9f, 0.9f, 0.6f);
        assertThat(cloud.column("truth").values().ints()).containsExactly(0, 0, 1, 1);
    }

    @Test
    void farScenesAreWrittenWhereTheyLay(@TempDir Path folder) {
        SemanticIou benchmark = benchmark(files(true, false, List.of()));
        benchmark.prepareExport(folder);

        benchmark.add(SCENE.withOrigin(new Origin(500_000, 5_400_000, 0)), VOXELS, PREDICTION);
        benchmark.export(folder);

        PointCloud cloud = CloudFiles.read(folder.resolve("Area_5_office_1.ply"));
        for (int i = 0; i < SCENE.size(); i++) {
            assertThat(cloud.column("y").values().doubles()[i]).isEqualTo(5_400_000.0 + SCENE.positions()[3 * i + 1]);
        }
        assertThat(cloud.column("x").type()).isEqualTo(ArrayElement.FLOAT64);
    }

    @Test
    void scenesWhoseNamesBecomeTheSameFileNameAreBothWritten(@TempDir Path folder) {
        SemanticIou benchmark = benchmark(files(true, true, List.of()));
        benchmark.prepareExport(folder);

        benchmark.add(SCENE.withId("hall 1"), VOXELS, PREDICTION);
        benchmark.add(SCENE.withId("hall+1"), VOXELS, PREDICTION);

        for (String name : List.of("hall_1", "hall_1-2")) {
            assertThat(folder.resolve(name + ".ply")).exists();
            assertThat(folder.resolve("benchmark_segmentation").resolve(name + ".txt"))
                    .exists();
        }
    }

    @Test
    void writesSubmissionsInTheNumbersOfTheServer(@TempDir Path folder) throws IOException {
        SemanticIou benchmark = benchmark(files(false, true, List.of(7, 39)));
        benchmark.prepareExport(folder);

        benchmark.add(SCENE.withLabels(new int[0]), VOXELS, PREDICTION);
        benchmark.export(folder);

        assertThat(folder.resolve("benchmark_segmentation/Area_5_office_1.txt")).hasContent("7\n7\n7\n39\n");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void hasNoFiguresWithoutLabels() {
        SemanticIou benchmark = benchmark(files(false, false, List.of()));

        benchmark.add(SCENE.withLabels(new int[0]), VOXELS, PREDICTION);

        assertThat(benchmark.report().figures().get("miou")).isNaN();
    }
}
