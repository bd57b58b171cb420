package org.scenecontexts.datasets.scannet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.pairs.ScannetPairsPreparationFactory;
import org.scenecontexts.datasets.raw.RawTree;
import org.scenecontexts.datasets.synthetic.RawRoomsFactory;
import org.scenecontexts.datasets.synthetic.RoomClass;
import org.scenecontexts.datasets.synthetic.Split;

/** Rooms written as ScanNet's release has them come back as they were. */
class RawScannetTest {

    /** One float rounding of metres up to 8 for the turn there and one for the turn back. */
    private static final double ROUNDING = 2e-6;

    @TempDir
    static Path folder;

    private static Path raw;
    private static final TestContext CONTEXT = new TestContext();

    @BeforeAll
    static void write() {
        raw = RawTree.write(folder.resolve("raw"), RawRoomsFactory.Layout.SCANNET, 2);
        RawTree.run(new ScannetPreparationFactory()
                .create(config(folder.resolve("prepared"), LabelSet.SCANNET20), CONTEXT));
        RawTree.run(new DetectionPreparationFactory()
                .create(
                        new DetectionPreparationFactory.Config(
                                raw, folder.resolve("boxes"), Optional.empty(), Optional.empty(), 0, 0, false),
                        CONTEXT));
    }

    private static ScannetPreparationFactory.Config config(Path target, LabelSet labels) {
        return new ScannetPreparationFactory.Config(raw, target, Optional.empty(), Optional.empty(), labels, false);
    }

    private static Dataset prepared(String split, Path path, LabelSet labels) {
        return new ScannetFactory()
                .create(
                        new ScannetFactory.Config(
                                path,
                                Optional.of(split),
                                Optional.empty(),
                                Optional.empty(),
                                List.of("wall", "floor"),
                                labels,
                                false),
                        CONTEXT);
    }

    private static Dataset boxes(String split, boolean legacy) {
        return new ScannetDetectionFactory()
                .create(
                        new ScannetDetectionFactory.Config(
                                folder.resolve("boxes"),
                                Optional.empty(),
                                Optional.of(split),
                                Optional.empty(),
                                Optional.empty(),
                                legacy,
                                false),
                        CONTEXT);
    }

    private static final Map<RoomClass, Integer> NYU40 = nyu40();

    /** Written down once more: the numbers of the published benchmark. */
    private static Map<RoomClass, Integer> nyu40() {
        Map<RoomClass, Integer> numbers = new HashMap<>(Map.of(
                RoomClass.WALL, 1,
                RoomClass.FLOOR, 2,
                RoomClass.CABINET, 3,
                RoomClass.BED, 4,
                RoomClass.CHAIR, 5,
                RoomClass.SOFA, 6,
                RoomClass.TABLE, 7,
                RoomClass.DOOR, 8,
                RoomClass.WINDOW, 9,
                RoomClass.BOOKSHELF, 10));
        numbers.putAll(Map.of(
                RoomClass.PICTURE, 11,
                RoomClass.COUNTER, 12,
                RoomClass.DESK, 14,
                RoomClass.TOILET, 33,
                RoomClass.SINK, 34,
                RoomClass.BATHTUB, 36));
        return numbers;
    }

    private static int expectedClass(int label) {
        return label == Labels.IGNORE
                ? Labels.IGNORE
                : ScannetClasses.of(NYU40.getOrDefault(RoomClass.values()[label], 0));
    }

    @Test
    void verticesAndColoursComeBackInTheFrameOfTheScan() {
        Scene room = RawTree.room(Split.VAL, 0);
        Scene scene = RawTree.scene(prepared("val", folder.resolve("prepared"), LabelSet.SCANNET20), "scene0001_00");
        assertThat(scene.colours()).isEqualTo(room.colours());
        // The text of the scan turns by 0.3 and shifts by -1.5, 2.25.
        double c = Math.cos(0.3);
        double s = Math.sin(0.3);
        for (int i = 0; i < room.size(); i++) {
            double x = scene.positions()[3 * i];
            double y = scene.positions()[3 * i + 1];
            assertThat(c * x - s * y - 1.5).isCloseTo(room.positions()[3 * i], within(ROUNDING));
            assertThat(s * x + c * y + 2.25).isCloseTo(room.positions()[3 * i + 1], within(ROUNDING));
            assertThat(scene.positions()[3 * i + 2]).isEqualTo(room.positions()[3 * i + 2]);
        }
    }

    @Test
    void labelsAndObjectsComeBack() {
        for (int index = 0; index < 3; index++) {
            Scene room = RawTree.room(Split.TRAIN, index);
            Scene scene = RawTree.scene(
                    prepared("train", folder.resolve("prepared"), LabelSet.SCANNET20),
                    String.format("scene%04d_00", 2 * index));
            int[] labels = Arrays.stream(room.labels())
                    .map(RawScannetTest::expectedClass)
                    .toArray();
            assertThat(scene.labels()).isEqualTo(labels);
            sameObjects(scene, room, labels);
        }
    }

    /** The numbers of objects may differ, what they hold may not. */
    private static void sameObjects(Scene scene, Scene room, int[] labels) {
        Map<Integer, Integer> translated = new HashMap<>();
        for (int i = 0; i < room.size(); i++) {
            boolean thing = labels[i] >= 2 && room.instances()[i] != Labels.NO_INSTANCE;
            if (!thing) {
                assertThat(scene.instances()[i]).isEqualTo(Labels.NO_INSTANCE);
                continue;
            }
            int found = scene.instances()[i];
            assertThat(translated.computeIfAbsent(room.instances()[i], id -> found))
                    .isEqualTo(found);
        }
        assertThat(new java.util.HashSet<>(translated.values())).hasSameSizeAs(translated.values());
    }

    @Test
    void scannet200KeepsWhatTheTwentyClassesLeaveOut() {
        Path target = folder.resolve("prepared200");
        RawTree.run(new ScannetPreparationFactory().create(config(target, LabelSet.SCANNET200), CONTEXT));
        Dataset data = prepared("train", target, LabelSet.SCANNET200);
        List<String> names = data.classes().names();
        assertThat(names).hasSize(200);
        Scene room = RawTree.room(Split.TRAIN, 0);
        Scene scene = RawTree.scene(data, "scene0000_00");
        Map<String, String> others = Map.of("sofa", "couch");
        for (int i = 0; i < room.size(); i++) {
            String expected = room.labels()[i] < 0
                    ? ""
                    : RoomClass.values()[room.labels()[i]].name().toLowerCase(java.util.Locale.ROOT);
            String found = scene.labels()[i] < 0 ? "" : names.get(scene.labels()[i]);
            assertThat(found).isEqualTo(others.getOrDefault(expected, expected));
        }
    }

    @Test
    void testScansHaveNoLabels() {
        Scene room = RawTree.room(Split.TEST, 0);
        Scene scene = RawTree.scene(prepared("test", folder.resolve("prepared"), LabelSet.SCANNET20), "scene0707_00");
        assertThat(scene.positions()).isEqualTo(room.positions());
        assertThat(scene.labels()).containsOnly(Labels.IGNORE);
    }

    @Test
    void boxesAreTheBoundsOfTheObjectsAlongTheWalls() {
        Scene room = RawTree.room(Split.TRAIN, 1);
        Scene scene = RawTree.scene(boxes("train", false), "scene0002_00");
        for (int i = 0; i < room.positions().length; i++) {
            assertThat((double) scene.positions()[i]).isCloseTo(room.positions()[i], within(ROUNDING));
        }
        Map<Integer, double[]> expected = new HashMap<>();
        for (int i = 0; i < room.size(); i++) {
            int type = expectedClass(room.labels()[i]);
            if (type < 2 || room.instances()[i] == Labels.NO_INSTANCE) {
                continue;
            }
            double[] b =
                    expected.computeIfAbsent(room.instances()[i], id -> new double[] {9, 9, 9, -9, -9, -9, type - 2});
            for (int axis = 0; axis < 3; axis++) {
                b[axis] = Math.min(b[axis], room.positions()[3 * i + axis]);
                b[3 + axis] = Math.max(b[3 + axis], room.positions()[3 * i + axis]);
            }
        }
        assertThat(scene.boxes()).hasSize(expected.size());
        for (Box box : scene.boxes()) {
            int point = java.util.stream.IntStream.range(0, scene.size())
                    .filter(i -> scene.instances()[i] == box.instance())
                    .findFirst()
                    .orElseThrow();
            double[] b = expected.get(room.instances()[point]);
            assertThat(box.label()).isEqualTo((int) b[6]);
            double[] found = {box.centreX(), box.centreY(), box.centreZ(), box.sizeX(), box.sizeY(), box.sizeZ()};
            for (int axis = 0; axis < 3; axis++) {
                assertThat(found[axis]).isCloseTo((b[axis] + b[3 + axis]) / 2, within(2 * ROUNDING));
                assertThat(found[3 + axis]).isCloseTo(b[3 + axis] - b[axis], within(4 * ROUNDING));
            }
        }
    }

    @Test
    void testScansHaveNoBoxesUnlessTheConstantsAreWanted() {
        Scene none = RawTree.scene(boxes("test", false), "scene0707_00");
        assertThat(none.boxes()).isEmpty();
        assertThat(none.hasLabels()).isFalse();
        Scene constant = RawTree.scene(boxes("test", true), "scene0707_00");
        assertThat(constant.boxes()).hasSize(12).allMatch(box -> box.centreX() == 3 && box.sizeZ() == 3);
    }

    @Test
    void largeScansAreDrawnFromByChanceButTheirBoxesAreWhole() {
        Path target = folder.resolve("drawn");
        RawTree.run(new DetectionPreparationFactory()
                .create(
                        new DetectionPreparationFactory.Config(
                                raw, target, Optional.empty(), Optional.empty(), 500, 0, false),
                        CONTEXT));
        assertThat(org.scenecontexts.io.array.Npy.read(target.resolve("scene0000_00_vert.npy"))
                        .shape())
                .containsExactly(500, 6);
        assertThat(target.resolve("scene0000_00_bbox.npy"))
                .hasSameBinaryContentAs(folder.resolve("boxes/scene0000_00_bbox.npy"));
    }

    @Test
    void recordingsBecomePairsWhoseCloudsLieInTheScan() {
        Path target = folder.resolve("pairs");
        Path recording = raw.resolve("scans/scene0000_00/scene0000_00.sens");
        Map<String, Double> figures = RawTree.run(new ScannetPairsPreparationFactory()
                .create(new ScannetPairsPreparationFactory.Config(recording, target, 1, false, 0), CONTEXT));
        assertThat(figures).containsEntry("recordings", 1.0).containsEntry("clouds_made", 2.0);
        double[] cloud = org.scenecontexts.io.array.Npz.readAll(target.resolve("scene0000_00/pcd/0.npz"))
                .get("pcd")
                .doubles();
        assertThat(cloud.length).isGreaterThan(7 * 100_000);
        int onTheFloor = 0;
        for (int i = 0; i < cloud.length; i += 7) {
            onTheFloor += Math.abs(cloud[i + 2]) < 0.005 ? 1 : 0;
            // In the room's own frame nothing lies outside of walls of 4 m, 10 cm thick; 1 cm for depths in
            // millimetres.
            double x = Math.cos(0.3) * cloud[i] - Math.sin(0.3) * cloud[i + 1] - 1.5;
            double y = Math.sin(0.3) * cloud[i] + Math.cos(0.3) * cloud[i + 1] + 2.25;
            assertThat(Math.max(Math.abs(x), Math.abs(y))).isLessThan(2.11);
            assertThat(cloud[i + 2]).isBetween(-0.01, 2.81);
        }
        // A camera that looks into a room from head height sees the floor, where it is: at zero to a millimetre.
        assertThat(onTheFloor).isGreaterThan(cloud.length / 7 / 50);
    }

    @Test
    void nothingWasSaidAboutWhatIsWhole() {
        assertThat(CONTEXT.warnings).isEmpty();
    }
}
