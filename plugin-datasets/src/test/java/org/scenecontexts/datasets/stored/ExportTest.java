package org.scenecontexts.datasets.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.limited.GivenScenes;
import org.scenecontexts.datasets.s3dis.S3disClasses;
import org.scenecontexts.datasets.s3dis.S3disFactory;
import org.scenecontexts.datasets.scannet.LabelSet;
import org.scenecontexts.datasets.scannet.ScannetFactory;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.PointCloud;
import org.scenecontexts.io.json.JsonFiles;

/** What was stored goes out again as others read it, where it was in the world. */
class ExportTest {

    @TempDir
    private Path folder;

    private final TestContext context = new TestContext();

    /** Stores scenes and exports what was stored. */
    private Path export(ExportFactory.Format format, List<String> classes, Scene... scenes) {
        Path stored = folder.resolve("stored");
        new StoredScenesPreparationFactory()
                .create(
                        new StoredScenesPreparationFactory.Config(GivenScenes.of(classes, List.of(scenes)), stored),
                        context)
                .run(WorkProgress.none());
        Path target = folder.resolve("exported");
        new ExportFactory()
                .create(
                        new ExportFactory.Config(
                                new Choice<>(new StoredScenesFactory(), new StoredScenesFactory.Config(stored, false)),
                                target,
                                format,
                                "train"),
                        context)
                .run(WorkProgress.none());
        return target;
    }

    @Test
    void surveyCoordinatesGoThroughEveryStepInDoublePrecision() {
        double[] east = {500_123.3141, 500_124.2718, 500_126.5772};
        double[] north = {5_400_600.1234, 5_400_605.4321, 5_400_607.0001};
        double[] height = {312.01, 313.55, 312.75};
        PointCloud source = PointCloud.of(
                "survey",
                org.scenecontexts.io.cloud.Column.of("x", east),
                org.scenecontexts.io.cloud.Column.of("y", north),
                org.scenecontexts.io.cloud.Column.of("z", height));
        Scene scene = CloudScenes.convert(source, "survey").scene();
        assertThat(scene.origin().isZero()).isFalse();

        PointCloud back = CloudFiles.read(
                export(ExportFactory.Format.PLY, Given.CLASSES, scene).resolve("survey.ply"));

        for (int i = 0; i < east.length; i++) {
            // Positions of a few metres are 32-bit numbers a quarter of a micrometre apart.
            assertThat(back.column("x").values().doubles()[i]).isCloseTo(east[i], within(1e-6));
            assertThat(back.column("y").values().doubles()[i]).isCloseTo(north[i], within(1e-6));
            assertThat(back.column("z").values().doubles()[i]).isCloseTo(height[i], within(2e-5));
        }
    }

    @Test
    void plyHasLabelsObjectsAttributesAndBoxes() {
        Scene scene = Given.full("scan", 30, Given.UTM);

        Path target = export(ExportFactory.Format.PLY, Given.CLASSES, scene);
        PointCloud cloud = CloudFiles.read(target.resolve("scan.ply"));

        assertThat(cloud.column("label").values().ints()).isEqualTo(scene.labels());
        assertThat(cloud.column("instance").values().ints()).isEqualTo(scene.instances());
        double[] time = cloud.column("time").values().doubles();
        assertThat(time[3]).isEqualTo(1.3e9 + scene.ofPoints("time").floats()[3]);
        List<?> boxes =
                (List<?>) JsonFiles.read(target.resolve("scan.boxes.json")).get("boxes");
        Map<?, ?> first = (Map<?, ?>) boxes.getFirst();
        assertThat(first.get("class")).isEqualTo("chair");
        assertThat((List<?>) first.get("centre"))
                .isEqualTo(List.of(0.1 + Given.UTM.x(), 0.2 + Given.UTM.y(), 0.3 + Given.UTM.z()));
        assertThat(context.warnings)
                .singleElement()
                .asString()
                .contains("cannot hold the attribute 'age' of objects, the attribute 'room' of scenes");
    }

    /** Without what the published formats cannot hold, with classes and objects of theirs. */
    private static Scene plain(String id, SceneClasses classes) {
        int[] labels = IntStream.rangeClosed(-1, classes.count() - 1).toArray();
        int n = labels.length;
        float[] positions = new float[3 * n];
        float[] colours = new float[3 * n];
        int[] instances = new int[n];
        for (int i = 0; i < n; i++) {
            positions[3 * i] = 0.1f * i;
            colours[3 * i + 1] = i;
            instances[i] = labels[i] < 0 ? -1 : i / 2;
        }
        return new Scene(id, positions, colours, new float[0], labels, instances, List.of());
    }

    @Test
    void thePublishedReaderOfScannetSeesTheSameScene() {
        for (LabelSet labels : LabelSet.values()) {
            Scene scene = plain("scene0000_00", labels.classes());

            Path target = export(
                    labels == LabelSet.SCANNET20 ? ExportFactory.Format.SCANNET : ExportFactory.Format.SCANNET200,
                    labels.classes().names(),
                    scene);
            Scene found = new ScannetFactory()
                    .create(
                            new ScannetFactory.Config(
                                    target,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of(),
                                    labels,
                                    false),
                            context)
                    .load(0)
                    .scene();

            assertThat(found.positions()).isEqualTo(scene.positions());
            assertThat(found.colours()).isEqualTo(scene.colours());
            assertThat(found.labels()).isEqualTo(scene.labels());
            // The published files count objects from 1, with 0 for points of none.
            assertThat(found.instances())
                    .isEqualTo(IntStream.of(scene.instances())
                            .map(object -> object < 0 ? -1 : object + 1)
                            .toArray());
        }
    }

    @Test
    void thePublishedReaderOfS3disSeesTheSameRoom() {
        Scene scene = plain("Area_5_office_1", S3disClasses.all());

        Path target = export(ExportFactory.Format.S3DIS, S3disClasses.all().names(), scene);
        Scene found = new S3disFactory()
                .create(
                        new S3disFactory.Config(target, Optional.empty(), List.of(5), List.of(), List.of(), false),
                        context)
                .load(0)
                .scene();

        assertThat(found.id()).isEqualTo("Area_5_office_1");
        assertThat(found.labels()).isEqualTo(scene.labels());
        assertThat(found.instances()).isEqualTo(scene.instances());
        assertThat(found.positions()).isEqualTo(scene.positions());
    }

    @Test
    void otherClassesAreNotWrittenAsPublished() {
        assertThatThrownBy(() ->
                        export(ExportFactory.Format.SCANNET, Given.CLASSES, plain("a", SceneClasses.of(Given.CLASSES))))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("but the data has [floor, chair, table]");
    }

    @Test
    void aRoomWithoutAnAreaIsRefusedBeforeTheFirstIsWritten() {
        assertThatThrownBy(() -> export(
                        ExportFactory.Format.S3DIS,
                        S3disClasses.all().names(),
                        plain("Area_5_office_1", S3disClasses.all()),
                        plain("attic", S3disClasses.all())))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("'attic' is not called Area_K_ROOM");
        assertThat(folder.resolve("exported")).doesNotExist();
    }
}
