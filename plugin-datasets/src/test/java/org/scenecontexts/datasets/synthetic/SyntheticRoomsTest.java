package org.scenecontexts.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;

class SyntheticRoomsTest {

    private static final int ROOMS = 50;

    private static List<Scene> scenes;
    private static double cpuMillis;

    @BeforeAll
    static void make() {
        Dataset rooms = dataset(Split.TRAIN, 7, 1);
        for (int i = 0; i < 20; i++) {
            rooms.load(i);
        }
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        scenes = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            scenes.add(rooms.load(i).scene());
        }
        cpuMillis = (threads.getCurrentThreadCpuTime() - start) / 1e6 / ROOMS;
    }

    private static Dataset dataset(Split split, long seed, double noise) {
        return new SyntheticRoomsFactory()
                .create(
                        new SyntheticRoomsFactory.Config(
                                split,
                                ROOMS,
                                1,
                                seed,
                                List.of(RoomType.values()),
                                6,
                                1,
                                noise,
                                2.8,
                                4,
                                false,
                                1,
                                false),
                        new TestContext());
    }

    @Test
    void aRoomTakesLessThan50Milliseconds(TestReporter reporter) {
        double points = scenes.stream().mapToInt(Scene::size).average().orElse(0);
        double voxels =
                scenes.stream().mapToInt(s -> voxels(s).size()).average().orElse(0);
        reporter.publishEntry(Map.of(
                "cpu ms per room", String.format("%.1f", cpuMillis),
                "points per room", String.format("%.0f", points),
                "voxels of 5 cm per room", String.format("%.0f", voxels)));
        assertThat(cpuMillis).isLessThan(50);
        assertThat(points).isBetween(20_000.0, 60_000.0);
        assertThat(voxels).isBetween(5_000.0, 12_000.0);
    }

    private static Set<Long> voxels(Scene scene) {
        Set<Long> cells = new HashSet<>();
        for (int i = 0; i < scene.size(); i++) {
            long key = 0;
            for (int a = 0; a < 3; a++) {
                key = key << 20 | ((long) Math.floor(scene.positions()[3 * i + a] / 0.05) & 0xFFFFF);
            }
            cells.add(key);
        }
        return cells;
    }

    @Test
    void sameSeedGivesTheSameRoomInAnyOrder() {
        Dataset again = dataset(Split.TRAIN, 7, 1);
        for (int index : new int[] {31, 4}) {
            Scene scene = again.load(index).scene();
            assertThat(scene.positions()).isEqualTo(scenes.get(index).positions());
            assertThat(scene.colours()).isEqualTo(scenes.get(index).colours());
            assertThat(scene.labels()).isEqualTo(scenes.get(index).labels());
            assertThat(scene.instances()).isEqualTo(scenes.get(index).instances());
            assertThat(scene.boxes()).isEqualTo(scenes.get(index).boxes());
        }
    }

    @Test
    void otherSeedsSplitsAndIndicesGiveOtherRooms() {
        Set<Integer> sizes = new HashSet<>();
        for (Split split : Split.values()) {
            for (long seed = 0; seed < 2; seed++) {
                for (int index = 0; index < 2; index++) {
                    sizes.add(java.util.Arrays.hashCode(
                            dataset(split, seed, 1).load(index).scene().positions()));
                }
            }
        }
        assertThat(sizes).hasSize(12);
    }

    @Test
    void everyClassOccursAndNoLabelIsOutOfRange() {
        Set<Integer> seen = new TreeSet<>();
        for (Scene scene : scenes) {
            for (int label : scene.labels()) {
                seen.add(label);
            }
        }
        Set<Integer> expected = new TreeSet<>(Set.of(Labels.IGNORE));
        for (int k = 0; k < RoomClass.classes(false).count(); k++) {
            expected.add(k);
        }
        assertThat(seen).isEqualTo(expected);
        assertThat(RoomClass.classes(false).count()).isEqualTo(19);
    }

    @Test
    void everyThingIsInManyRooms() {
        int[] rooms = new int[19];
        for (Scene scene : scenes) {
            scene.boxes().stream().mapToInt(Box::label).distinct().forEach(k -> rooms[k]++);
        }
        for (RoomClass type : RoomClass.values()) {
            if (type.isThing()) {
                assertThat(rooms[type.label()]).as(type.name()).isGreaterThanOrEqualTo(6);
            }
        }
    }

    @Test
    void boxesHoldThePointsOfTheirInstances() {
        for (int index = 0; index < 10; index++) {
            Scene scene = dataset(Split.VAL, 3, 0).load(index).scene();
            for (Box box : scene.boxes()) {
                int points = 0;
                int wrong = 0;
                for (int i = 0; i < scene.size(); i++) {
                    if (scene.instances()[i] == box.instance()) {
                        boolean right = isInside(box, scene.positions(), i) && scene.labels()[i] == box.label();
                        wrong += right ? 0 : 1;
                        points++;
                    }
                }
                assertThat(wrong).isZero();
                assertThat(points).isGreaterThanOrEqualTo(20);
            }
        }
    }

    private static boolean isInside(Box box, float[] p, int i) {
        double margin = 1e-4;
        double dx = p[3 * i] - box.centreX();
        double dy = p[3 * i + 1] - box.centreY();
        double c = Math.cos(box.heading());
        double s = Math.sin(box.heading());
        return Math.abs(c * dx + s * dy) <= box.sizeX() / 2 + margin
                && Math.abs(-s * dx + c * dy) <= box.sizeY() / 2 + margin
                && Math.abs(p[3 * i + 2] - box.centreZ()) <= box.sizeZ() / 2 + margin;
    }

    @Test
    void boxesOfNoisyScansHoldNearlyAllPointsOfTheirInstances() {
        int inside = 0;
        int all = 0;
        for (Scene scene : scenes.subList(0, 10)) {
            Map<Integer, Box> boxes = new HashMap<>();
            scene.boxes().forEach(box -> boxes.put(box.instance(), grown(box, 0.06)));
            for (int i = 0; i < scene.size(); i++) {
                Box box = boxes.get(scene.instances()[i]);
                if (box != null) {
                    all++;
                    inside += isInside(box, scene.positions(), i) ? 1 : 0;
                }
            }
        }
        assertThat(inside).isGreaterThan((int) (0.999 * all));
    }

    private static Box grown(Box b, double by) {
        return new Box(
                b.centreX(),
                b.centreY(),
                b.centreZ(),
                b.sizeX() + by,
                b.sizeY() + by,
                b.sizeZ() + by,
                b.heading(),
                b.label(),
                b.instance());
    }

    @Test
    void instancesAreNumberedWithoutGapsAndHaveOneClass() {
        for (Scene scene : scenes) {
            Map<Integer, Integer> classOf = new HashMap<>();
            Set<Integer> without = new HashSet<>();
            int clashes = 0;
            for (int i = 0; i < scene.size(); i++) {
                int instance = scene.instances()[i];
                int label = scene.labels()[i];
                if (instance == Labels.NO_INSTANCE) {
                    without.add(label);
                } else {
                    Integer before = classOf.put(instance, label);
                    clashes += before != null && before != label ? 1 : 0;
                }
            }
            assertThat(clashes).isZero();
            assertThat(without).isSubsetOf(RoomClass.WALL.label(), RoomClass.FLOOR.label(), Labels.IGNORE);
            assertThat(classOf.keySet())
                    .isEqualTo(java.util.stream.IntStream.range(0, classOf.size())
                            .boxed()
                            .collect(java.util.stream.Collectors.toSet()));
        }
    }

    @Test
    void colourAloneDoesNotTellTheClass(TestReporter reporter) {
        int classes = RoomClass.classes(false).count();
        double[][] mean = new double[classes][3];
        int[] count = new int[classes];
        for (Scene scene : scenes.subList(0, ROOMS / 2)) {
            for (int i = 0; i < scene.size(); i++) {
                int k = scene.labels()[i];
                if (k >= 0) {
                    count[k]++;
                    for (int a = 0; a < 3; a++) {
                        mean[k][a] += scene.colours()[3 * i + a];
                    }
                }
            }
        }
        for (int k = 0; k < classes; k++) {
            for (int a = 0; a < 3; a++) {
                mean[k][a] /= count[k];
            }
        }
        int[] right = new int[classes];
        int[] total = new int[classes];
        for (Scene scene : scenes.subList(ROOMS / 2, ROOMS)) {
            for (int i = 0; i < scene.size(); i += 5) {
                int k = scene.labels()[i];
                if (k >= 0) {
                    total[k]++;
                    right[k] += nearest(mean, scene.colours(), i) == k ? 1 : 0;
                }
            }
        }
        double recall = 0;
        for (int k = 0; k < classes; k++) {
            recall += total[k] == 0 ? 0 : (double) right[k] / total[k] / classes;
        }
        reporter.publishEntry("mean recall of the nearest mean colour", String.format("%.3f", recall));
        assertThat(recall).isLessThan(0.12);
    }

    private static int nearest(double[][] mean, float[] colours, int i) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < mean.length; k++) {
            double d = 0;
            for (int a = 0; a < 3; a++) {
                d += (mean[k][a] - colours[3 * i + a]) * (mean[k][a] - colours[3 * i + a]);
            }
            if (d < least) {
                least = d;
                best = k;
            }
        }
        return best;
    }

    @Test
    void desksHaveScreensAndChairsWhereTablesHaveChairsOnly() {
        int desks = 0;
        int desksWithScreen = 0;
        int tablesWithScreen = 0;
        for (int seed = 0; seed < 60; seed++) {
            Room room = RoomGenerator.room(
                    RoomSettings.defaults(), seed % 2 == 0 ? RoomType.OFFICE : RoomType.KITCHEN, seed);
            for (RoomItem item : room.items()) {
                boolean screen = room.items().stream()
                        .anyMatch(other -> other.type() == RoomClass.MONITOR
                                && item.contains(other.centreX(), other.centreY(), item.centreZ(), 0));
                desks += item.type() == RoomClass.DESK ? 1 : 0;
                desksWithScreen += item.type() == RoomClass.DESK && screen ? 1 : 0;
                tablesWithScreen += item.type() == RoomClass.TABLE && screen ? 1 : 0;
            }
        }
        assertThat(desks).isGreaterThan(20);
        assertThat(desksWithScreen).isEqualTo(desks);
        assertThat(tablesWithScreen).isZero();
    }

    @Test
    void whatStandsBehindAnotherThingIsNotSeen() {
        Dice chance = new Dice(new java.util.SplittableRandom(1));
        Furnisher furnisher = new Furnisher(chance, 4, 4, 2.5);
        Furnisher.Spot behind = new Furnisher.Spot(0, 1.5, 0, -1);
        furnisher.put(new Piece(RoomClass.CHAIR).box(0, 0, 0, 0.4, 0.4, 1, chance.material()), behind, 0);
        Room open = furnisher.finish(RoomType.OFFICE);
        furnisher.put(new Piece(RoomClass.CABINET).box(0, -1, 0, 3, 0.2, 2.4, chance.material()), behind, 0);
        Room closed = furnisher.finish(RoomType.OFFICE);
        List<CameraPose> pose = List.of(new CameraPose(0, -1, 1.2, 0, 1.5, 0.5));
        ScanSettings ideal = ScanSettings.of(1, 0);
        assertThat(RoomScanner.scan(open, "open", pose, ideal, 1).labels()).contains(RoomClass.CHAIR.label());
        assertThat(RoomScanner.scan(closed, "closed", pose, ideal, 1).labels())
                .isNotEmpty()
                .doesNotContain(RoomClass.CHAIR.label());
    }

    @Test
    void anIdealSensorGivesExactFloorsAndCeilings() {
        Dataset rooms = new SyntheticRoomsFactory()
                .create(
                        new SyntheticRoomsFactory.Config(
                                Split.TEST, 5, 1, 1, List.of(RoomType.BATHROOM), 6, 1, 0, 2.8, 4, true, 0, true),
                        new TestContext());
        assertThat(rooms.classes().names()).endsWith("ceiling").hasSize(20);
        for (int index = 0; index < rooms.size(); index++) {
            Scene scene = rooms.load(index).scene();
            double lowest = 0;
            double highest = 0;
            for (int i = 0; i < scene.size(); i++) {
                if (scene.labels()[i] == RoomClass.FLOOR.label()) {
                    lowest = Math.min(lowest, scene.positions()[3 * i + 2]);
                    highest = Math.max(highest, scene.positions()[3 * i + 2]);
                }
            }
            // A rug is 1.5 cm thick.
            assertThat(lowest).isGreaterThan(-1e-5);
            assertThat(highest).isLessThan(0.016);
        }
        assertThat(rooms.load(1)).isSameAs(rooms.load(1));
    }

    @Test
    void roomsThatStandTogetherAreTheRoomsOneByOne() {
        SyntheticRoomsFactory factory = new SyntheticRoomsFactory();
        Dataset rooms = factory.create(
                new SyntheticRoomsFactory.Config(
                        Split.TEST, 4, 1, 1, List.of(RoomType.BATHROOM), 2, 1, 0, 2.8, 4, false, 0, false),
                new TestContext());
        Scene building = factory.create(
                        new SyntheticRoomsFactory.Config(
                                Split.TEST, 1, 4, 1, List.of(RoomType.BATHROOM), 2, 1, 0, 2.8, 4, false, 0, false),
                        new TestContext())
                .load(0)
                .scene();
        int from = 0;
        for (int i = 0; i < rooms.size(); i++) {
            Scene room = rooms.load(i).scene();
            // Two columns of rooms; walls of 4 m and a gap, rounded up to whole coarse voxels.
            double[] place = {i % 2 * 4.8, i / 2 * 4.8};
            for (int k = 0; k < 3 * room.size(); k++) {
                double moved = room.positions()[k] + (k % 3 < 2 ? place[k % 3] : 0);
                // Half of the last digit below 16 m, and as much again for 4.8, which single precision does not have.
                assertThat((double) building.positions()[3 * from + k]).isCloseTo(moved, within(1e-6));
            }
            assertThat(building.boxes().size())
                    .isGreaterThanOrEqualTo(room.boxes().size());
            from += room.size();
        }
        assertThat(building.size()).isEqualTo(from);
        assertThat(building.boxes())
                .hasSize(java.util.stream.IntStream.range(0, 4)
                        .map(i -> rooms.load(i).scene().boxes().size())
                        .sum());
    }

    @Test
    void contradictorySizesAreRefused() {
        assertThatThrownBy(() -> new SyntheticRoomsFactory.Config(
                        Split.TEST, 5, 1, 1, List.of(RoomType.BATHROOM), 6, 1, 0, 4, 3, true, 0, true))
                .hasMessageContaining("max-size is 3.0 m, min-size is 4.0 m");
    }
}
