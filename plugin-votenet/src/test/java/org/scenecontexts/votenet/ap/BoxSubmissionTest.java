package org.scenecontexts.votenet.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.datasets.scannet.DetectionPreparationFactory;
import org.scenecontexts.datasets.scannet.ScannetDetectionFactory;
import org.scenecontexts.datasets.synthetic.RawRoomsFactory;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.testing.TestFiles;
import org.scenecontexts.votenet.TestContext;
import org.scenecontexts.votenet.box.BoxSuppression;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.BoxSelection;
import org.scenecontexts.votenet.proposal.ProposalScores;
import org.scenecontexts.votenet.proposal.PublishedSizes;

class BoxSubmissionTest {

    private static final List<Integer> NYU40 = List.of(3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 24, 28, 33, 34, 36, 39);
    private static final TestContext CONTEXT = new TestContext(new CpuEngine(1, List.of()), 3, 0, SceneClasses.none());
    private static final Scene SCENE = Scene.ofPositions("scene0707_00", new float[3]);

    private final List<String> warnings = new ArrayList<>();

    @TempDir
    private Path folder;

    private BoxSubmission submission(BoxSubmission.Frame frame) {
        return new BoxSubmission(folder, NYU40, frame, warnings::add);
    }

    private static float[] row(Npz golden, String name, int scene) {
        float[] all = golden.get(name).floats();
        int length = all.length / golden.get(name).dim(0);
        return Arrays.copyOfRange(all, scene * length, (scene + 1) * length);
    }

    private static List<ScoredBox> selected(Npz golden, int scene) {
        ProposalScores scores = new ProposalScores(
                row(golden, "center", scene),
                row(golden, "objectness_scores", scene),
                row(golden, "heading_scores", scene),
                row(golden, "heading_residuals", scene),
                row(golden, "size_scores", scene),
                row(golden, "size_residuals", scene),
                row(golden, "sem_cls_scores", scene));
        BoxSuppression suppression =
                new BoxSuppression(BoxSuppression.Extent.VOLUME, BoxSuppression.Share.UNION, 0.25, true);
        return new BoxSelection(suppression, 0.05, false, 0)
                .select(
                        scores,
                        new BoxCoding(1, PublishedSizes.SCANNET.sizes()),
                        NYU40.size(),
                        row(golden, "point_clouds", scene));
    }

    /** Scores are compared apart: single precision may round an exponential the other way. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void writesTheBytesOfThePublishedProgram(int scene) {
        try (Npz golden = Npz.open(TestFiles.golden("more/benchmark_detection.npz"))) {
            float[] scores = golden.get("score" + scene).floats();
            List<ScoredBox> found = selected(golden, scene);
            assertThat(found).hasSize(scores.length);
            List<ScoredBox> scored = new ArrayList<>();
            for (int i = 0; i < scores.length; i++) {
                assertThat(found.get(i).score()).isCloseTo(scores[i], within(2e-7f));
                scored.add(new ScoredBox(found.get(i).box(), scores[i]));
            }
            assertThat(submission(BoxSubmission.Frame.ALIGNED).text(SCENE, scored))
                    .isEqualTo(golden.get("text" + scene).strings()[0]);
        }
    }

    /** What C's printf gives, which NumPy's text files have. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 1.000000000000000056e-01",
        "-1, -1.000000000000000000e+00",
        "0, 0.000000000000000000e+00",
        "-0.0, -0.000000000000000000e+00",
        "1e23, 9.999999999999999161e+22",
        "5e-324, 4.940656458412465442e-324",
        "39, 3.900000000000000000e+01"
    })
    void numbersAreWrittenAsNumPyDoes(double value, String text) {
        assertThat(BoxSubmission.number(value)).isEqualTo(text);
    }

    @Test
    void boxesGoBackIntoTheFrameOfTheScan() {
        // A quarter turn, then 10 m along x: the scan's x is the data's y.
        float[] there = {0, -1, 0, 10, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        Scene turned = SCENE.withScene(new Attribute.Floats(BoxSubmission.ALIGNMENT, 16, there));
        ScoredBox box = new ScoredBox(new Box(8, 3, 1, 2, 4, 1, 0, 2, -1), 0.5f);

        String line = submission(BoxSubmission.Frame.RAW).text(turned, List.of(box));
        double[] numbers = Arrays.stream(line.strip().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(numbers).containsExactly(new double[] {1, 1, 0.5, 5, 3, 1.5, 5, 0.5}, within(1e-6));
        assertThat(warnings).isEmpty();

        assertThat(submission(BoxSubmission.Frame.ALIGNED).text(turned, List.of(box)))
                .startsWith("7.0000");
    }

    /** A cube around a vertex of the prepared scan lies around that vertex of the mesh, whichever way it was turned. */
    @ParameterizedTest
    @CsvSource({"scans/scene0000_00", "scans_test/scene0707_00"})
    void boxesOfAPreparedScanGoBackIntoItsRecording(String place) {
        Path raw = folder.resolve("raw");
        Path prepared = folder.resolve("prepared");
        run(new RawRoomsFactory()
                .create(
                        new RawRoomsFactory.Config(raw, RawRoomsFactory.Layout.SCANNET, 1, 1, 1, 7, 1, 0.02, 0),
                        CONTEXT));
        run(new DetectionPreparationFactory()
                .create(
                        new DetectionPreparationFactory.Config(
                                raw, prepared, Optional.empty(), Optional.empty(), 0, 0, false),
                        CONTEXT));
        Dataset data = new ScannetDetectionFactory()
                .create(
                        new ScannetDetectionFactory.Config(
                                prepared,
                                Optional.empty(),
                                Optional.of(place.contains("test") ? "test" : "train"),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                false),
                        CONTEXT);
        Scene scene = data.load(0).scene();
        Path mesh = raw.resolve(place).resolve(scene.id() + "_vh_clean_2.ply");
        PointCloud recorded = CloudFiles.read(mesh);
        for (int vertex : new int[] {0, scene.size() / 2, scene.size() - 1}) {
            double[] at = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                at[axis] = scene.positions()[3 * vertex + axis];
            }
            ScoredBox cube = new ScoredBox(new Box(at[0], at[1], at[2], 0.5, 0.5, 0.5, 0, 2, -1), 0.5f);
            String line = submission(BoxSubmission.Frame.RAW).text(scene, List.of(cube));
            double[] numbers = Arrays.stream(line.strip().split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            for (int axis = 0; axis < 3; axis++) {
                double expected = recorded.find("xyz".substring(axis, axis + 1))
                        .orElseThrow()
                        .values()
                        .floats()[vertex];
                // Positions below 8 m were rounded to single precision when they were recorded and when they were
                // turned, a quarter of a micrometre each, and so are the numbers of the matrix.
                assertThat((numbers[axis] + numbers[3 + axis]) / 2).isCloseTo(expected, within(2e-6));
            }
        }
        assertThat(warnings).isEmpty();
    }

    private static void run(Preparation work) {
        assertThat(work.run(WorkProgress.none())).containsKey("scenes");
    }

    @Test
    void aSceneThatDoesNotSayHowItWasTurnedIsSaidOnce() {
        BoxSubmission submission = submission(BoxSubmission.Frame.RAW);
        submission.text(SCENE, List.of());
        submission.text(SCENE, List.of());
        assertThat(warnings).singleElement().asString().contains("scene0707_00", "axis-alignment", "frame of the data");
    }

    @Test
    void theFolderIsReadAgain() throws IOException {
        BoxSubmission submission = submission(BoxSubmission.Frame.ALIGNED);
        submission.write(SCENE, List.of(new ScoredBox(new Box(2, 2, 2, 1, 1, 1, 0, 0, -1), 0.5f)));
        submission.write(SCENE.withId("empty"), List.of());
        submission.validate();

        Path file = folder.resolve("benchmark_output/scene0707_00.txt");
        Files.writeString(file, Files.readString(file).replace("5.0", "-5.0"));
        assertThatThrownBy(submission::validate)
                .hasMessageContaining("scene0707_00.txt, line 1")
                .hasMessageContaining("a score from 0 to 1 is expected, found -0.5");
        Files.writeString(file, "1 2 3\n");
        assertThatThrownBy(submission::validate).hasMessageContaining("8 finite numbers are expected, found '1 2 3'");
    }
}
