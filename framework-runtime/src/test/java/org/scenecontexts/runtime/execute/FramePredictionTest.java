package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.io.safetensors.SafetensorsFile;
import org.scenecontexts.io.safetensors.SafetensorsWriter;
import org.scenecontexts.runtime.frame.TrainingFrame;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Colours;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Extras;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Frame;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.PredictRequest;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.PredictResult;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.run.ModelCard;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;
import org.slf4j.LoggerFactory;

/** A model knows the frame of its training, and those who use it hear of another. */
class FramePredictionTest {

    private static final int POINTS = 30;

    @TempDir
    static Path runs;

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger("org.scenecontexts.runtime.execute");

    @BeforeAll
    static void train() {
        Toys.run(runs, Toys.TRAIN);
    }

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
    }

    private static Path model() {
        return new StageFolder(runs.resolve("toys/learn")).last();
    }

    private List<String> said() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Points in a cube, the even ones dark, the odd ones bright; point 7 is nowhere. */
    private Path cloud(float side) {
        float[][] xyz = new float[3][POINTS];
        int[] grey = new int[POINTS];
        for (int i = 0; i < POINTS; i++) {
            xyz[0][i] = side * i / POINTS;
            xyz[1][i] = side * (i * 7 % POINTS) / POINTS;
            xyz[2][i] = side * (i * 11 % POINTS) / POINTS;
            grey[i] = i % 2 == 0 ? 20 : 230;
        }
        xyz[0][7] = Float.NaN;
        Path file = folder.resolve("cloud.ply");
        CloudFiles.write(
                file,
                PointCloud.of(
                        "test",
                        Column.of("x", xyz[0]),
                        Column.of("y", xyz[1]),
                        Column.of("z", xyz[2]),
                        Column.of("red", grey),
                        Column.of("green", grey),
                        Column.of("blue", grey)));
        return file;
    }

    private PredictResult predict(Path model, Path cloud, Extras extras, double scale) {
        return new LocalExecutor()
                .predict(
                        new PredictRequest(model, cloud, folder.resolve("out.ply"), extras, new Frame(scale, Up.Z)),
                        new RunOptions(Toys.catalog(index -> {}), runs, false, OptionalInt.of(1)));
    }

    @Test
    void checkpointsRecordEverySceneOfTheTrainingOnce() {
        TrainingFrame frame = ModelCard.frame(model()).orElseThrow();
        assertThat(frame.scenes()).isEqualTo(7);
        assertThat(frame.coloured()).isEqualTo(7);
        assertThat(frame.normals()).isZero();
        assertThat(frame.inputs()).containsExactly(InputFeature.COLOUR);
        assertThat(frame.declared()).isEqualTo(Map.of("scale", "1.0"));
        assertThat(frame.size().least()).isBetween(1.5, 2.0);
        assertThat(frame.size().most()).isBetween(1.5, 2.0);
    }

    @Test
    void aCloudLikeThoseOfTrainingIsLabelledWithoutAWord() {
        predict(model(), cloud(2), Extras.NONE, 1);
        assertThat(said()).noneMatch(line -> line.contains("training"));
    }

    @Test
    void aCloudInMillimetresIsNoticedAndTheFactorHelps() {
        predict(model(), cloud(2000), Extras.NONE, 1);
        assertThat(said()).anyMatch(line -> line.contains("may be in millimetres: try --scale 0.001"));
        log.list.clear();
        predict(model(), cloud(2000), Extras.NONE, 0.001);
        assertThat(said()).noneMatch(line -> line.contains("training"));
    }

    @Test
    void evaluationComparesItsScenesToo() {
        Toys.run(folder, """
            name: measured
            stages:
              - id: measure
                evaluate: {model: "%s", data: {type: toy-data, scale: 100}, benchmark: toy-accuracy}
              - id: apply
                predict: {model: "%s", data: {type: toy-data, scale: 100}}
            """.formatted(model(), model()));
        for (String stage : List.of("measure", "apply")) {
            assertThat(folder.resolve("measured/" + stage + "/log.txt"))
                    .content()
                    .containsOnlyOnce("may be in centimetres: try 'scale: 0.01' in its data set");
        }
    }

    @Test
    void aCheckpointWithoutAFrameIsUsedAndOneLineSaysSo() {
        Path old = folder.resolve("old.safetensors");
        try (SafetensorsFile file = SafetensorsFile.open(model())) {
            Map<String, String> metadata = new TreeMap<>(file.metadata());
            assertThat(metadata.remove(TrainingFrame.METADATA_KEY)).isNotNull();
            SafetensorsWriter writer = new SafetensorsWriter().metadata(metadata);
            file.entries().forEach(entry -> {
                if (entry.name().endsWith("num_batches_tracked")) {
                    writer.longs(entry.name(), file.longs(entry.name()), entry.shapeArray());
                } else {
                    writer.floats(entry.name(), file.floats(entry.name()), entry.shapeArray());
                }
            });
            writer.write(old);
        }
        predict(old, cloud(2000), Extras.NONE, 1);
        assertThat(said().stream().filter(line -> line.contains("frame")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("old.safetensors does not say in what frame it was trained")
                        .contains("cannot be compared"));
    }

    @Test
    void theResultCountsThePointsOfEachClass() {
        PredictResult result = predict(model(), cloud(2), Extras.NONE, 1);
        assertThat(result.points()).containsOnlyKeys("dark", "bright");
        assertThat(result.points().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(POINTS - 1);
        assertThat(result.points().get("dark")).isEqualTo(15);
        assertThat(result.unlabelled()).isEqualTo(1);
    }

    @Test
    void coloursOfClassesStandBesideThoseOfTheScan() {
        predict(model(), cloud(2), new Extras(Optional.empty(), Optional.empty(), Colours.CLASSES), 1);
        PointCloud labelled = CloudFiles.read(folder.resolve("out.ply"));
        assertThat(labelled.names()).contains("scan_red", "scan_green", "scan_blue", "red", "green", "blue");
        assertThat(labelled.column("scan_red").values().ints()).startsWith(20, 230);
        // The first two of the palette, 0xAEC7E8 and 0x98DF8A, and the dark grey of points without a label.
        assertThat(labelled.column("red").values().ints()).startsWith(0xAE, 0x98);
        assertThat(labelled.column("green").values().ints()).startsWith(0xC7, 0xDF);
        assertThat(labelled.column("blue").values().ints()).startsWith(0xE8, 0x8A);
        assertThat(labelled.column("red").values().ints()[7]).isEqualTo(0x40);
        assertThat(labelled.layout().comments()).contains("label 0 dark", "label 1 bright");
    }

    @Test
    void featuresOfTheBackboneStandAtEveryOriginalPoint() {
        Path features = folder.resolve("features.npy");
        Path logits = folder.resolve("logits.npy");
        predict(model(), cloud(2), new Extras(Optional.of(logits), Optional.of(features), Colours.OWN), 1);
        NpArray found = Npy.read(features);
        assertThat(found.shape()).containsExactly(POINTS, 8);
        float[] scores = scores(found.floats());
        float[] expected = Npy.read(logits).floats();
        for (int i = 0; i < scores.length; i++) {
            if (i / 2 == 7) {
                assertThat(found.floats()[8 * 7 + i % 2]).isNaN();
            } else {
                assertThat(scores[i]).isCloseTo(expected[i], org.assertj.core.api.Assertions.within(1e-4f));
            }
        }
    }

    /** The toy's head, applied by hand to the features. */
    private static float[] scores(float[] features) {
        try (SafetensorsFile file = SafetensorsFile.open(model())) {
            float[] weight = file.floats("final.weight");
            float[] bias = file.floats("final.bias");
            float[] scores = new float[2 * POINTS];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = bias[i % 2];
                for (int c = 0; c < 8; c++) {
                    scores[i] += weight[8 * (i % 2) + c] * features[8 * (i / 2) + c];
                }
            }
            return scores;
        }
    }

    @Test
    void aStageWritesFeaturesOfEveryScene() {
        Toys.run(folder, """
            name: featured
            stages:
              - id: apply
                predict: {model: "%s", data: {type: toy-data, scenes: 3}, out: [ply, features], batch: 2}
            """.formatted(model()));
        Path predictions = folder.resolve("featured/apply/predictions");
        for (int i = 0; i < 3; i++) {
            assertThat(Npy.read(predictions.resolve("toy-" + i + "-features.npy"))
                            .shape())
                    .containsExactly(60, 8);
        }
        assertThat(CloudFiles.read(predictions.resolve("toy-0.ply")).layout().comments())
                .contains("label 0 dark", "label 1 bright");
    }
}
