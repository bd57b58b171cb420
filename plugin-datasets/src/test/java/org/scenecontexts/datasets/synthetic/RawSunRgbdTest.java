package org.scenecontexts.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.raw.RawTree;
import org.scenecontexts.datasets.sunrgbd.SunRgbdFactory;
import org.scenecontexts.datasets.sunrgbd.SunRgbdPreparationFactory;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;

/** Rooms written as SUN RGB-D has them come back as they were seen. */
class RawSunRgbdTest {

    private static final List<String> CLASSES =
            List.of("bed", "table", "sofa", "chair", "toilet", "desk", "dresser", "nightstand", "bookshelf", "bathtub");
    private static final int CAMERAS = 2;
    private static final double DENSITY = 0.015;
    private static final RawRoomsFactory.Config CONFIG =
            new RawRoomsFactory.Config(Path.of("raw"), RawRoomsFactory.Layout.SUNRGBD, 2, 1, 0, 7, CAMERAS, DENSITY, 0);

    @TempDir
    static Path folder;

    private static final TestContext CONTEXT = new TestContext();

    @BeforeAll
    static void write() {
        writeRaw();
        assertThat(prepare("prepared", 0, false)).containsEntry("scenes_made", 6.0);
    }

    private static Map<String, Double> writeRaw() {
        return RawTree.run(new RawRoomsFactory()
                .create(
                        new RawRoomsFactory.Config(
                                folder.resolve("raw"), CONFIG.layout(), 2, 1, 0, 7, CAMERAS, DENSITY, 0),
                        CONTEXT));
    }

    private static Map<String, Double> prepare(String target, int points, boolean legacy) {
        return RawTree.run(new SunRgbdPreparationFactory()
                .create(
                        new SunRgbdPreparationFactory.Config(
                                folder.resolve("raw"),
                                folder.resolve(target),
                                Optional.empty(),
                                Optional.empty(),
                                points,
                                3,
                                List.of(),
                                legacy),
                        CONTEXT));
    }

    private static Dataset open(String target, String split) {
        return new SunRgbdFactory()
                .create(new SunRgbdFactory.Config(folder.resolve(target), Optional.of(split), false), CONTEXT);
    }

    /** The room of the first test image, which has number 1, and its pictures. */
    private static List<SunRgbdPicture> pictures() {
        return RawSunRgbdLayout.of(CAMERAS, DENSITY)
                .pictures(new RawRoomsFactory.RawRooms(CONFIG), new RawRoomsFactory.Room("val-0", Split.VAL, 0));
    }

    @Test
    void testImagesComeFirstAndAreValidatedWith() {
        Dataset val = open("prepared", "val");
        Dataset train = open("prepared", "train");
        assertThat(List.of(val.id(0), val.id(1))).containsExactly("000001", "000002");
        assertThat(train.id(0)).isEqualTo("000003");
        assertThat(train.size()).isEqualTo(4);
    }

    /**
     * Depth is stored in millimetres, so that it is off by at most half of one along the ray of its pixel; places are rounded
     * to single precision once, by at most half a unit in the last place.
     */
    @Test
    void pointsComeBackToHalfAMillimetreOfDepth() {
        RandomGenerator middle = () -> 1L << 63;
        RawRoomsFactory.RawRooms rooms = new RawRoomsFactory.RawRooms(CONFIG);
        for (int k = 0; k < CAMERAS; k++) {
            SunRgbdPicture picture = pictures().get(k);
            RoomFrame frame = picture.frame();
            Scene scene = open("prepared", "val").load(k).scene();
            DepthCamera camera = new DepthCamera(frame.width(), frame.height(), Math.toRadians(60));
            camera.look(
                    rooms.room(new RawRoomsFactory.Room("val-0", Split.VAL, 0)).primitives(), frame.pose(), middle);
            double[] a = frame.pose().axes();
            int point = 0;
            for (int u = 0; u < frame.width(); u++) {
                for (int v = 0; v < frame.height(); v++) {
                    int pixel = v * frame.width() + u;
                    if (camera.seen(pixel) < 0 || camera.depth(pixel) > 6) {
                        continue;
                    }
                    double depth = camera.depth(pixel);
                    double[] ray = new double[3];
                    for (int axis = 0; axis < 3; axis++) {
                        ray[axis] = a[6 + axis] + camera.u(pixel) * a[axis] + camera.v(pixel) * a[3 + axis];
                    }
                    CameraPose pose = frame.pose();
                    double[] origin = picture.upright(pose.x(), pose.y(), pose.z());
                    double[] there = picture.upright(pose.x() + ray[0], pose.y() + ray[1], pose.z() + ray[2]);
                    for (int axis = 0; axis < 3; axis++) {
                        double along = there[axis] - origin[axis];
                        double exact = depth * along;
                        double bound = 0.0005 * Math.abs(along) + Math.ulp((float) exact) + 1e-12;
                        assertThat((double) scene.positions()[3 * point + axis])
                                .as("pixel %d, %d, axis %d", u, v, axis)
                                .isCloseTo(exact, within(bound));
                    }
                    point++;
                }
            }
            assertThat(scene.size()).isEqualTo(point);
        }
    }

    @Test
    void coloursAreThoseOfTheirPixels() throws IOException {
        SunRgbdPicture picture = pictures().getFirst();
        BufferedImage image = ImageIO.read(folder.resolve("raw/SUNRGBD/" + picture.folder() + "/image/0000001.jpg")
                .toFile());
        Scene scene = open("prepared", "val").load(0).scene();
        int point = 0;
        for (int u = 0; u < image.getWidth(); u++) {
            for (int v = 0; v < image.getHeight(); v++) {
                if (picture.frame().depth()[v * image.getWidth() + u] == 0) {
                    continue;
                }
                int rgb = image.getRGB(u, v);
                for (int c = 0; c < 3; c++) {
                    assertThat(Math.round(scene.colours()[3 * point + c])).isEqualTo(rgb >> (16 - 8 * c) & 0xFF);
                }
                point++;
            }
        }
    }

    @Test
    void boxesComeBackWithTheirTurn() {
        int compared = 0;
        for (int k = 0; k < CAMERAS; k++) {
            List<SunRgbdPicture.Seen> expected = pictures().get(k).seen().stream()
                    .filter(seen -> label(seen) >= 0)
                    .toList();
            List<Box> boxes = open("prepared", "val").load(k).scene().boxes();
            assertThat(boxes).hasSameSizeAs(expected);
            for (int i = 0; i < boxes.size(); i++) {
                Box box = boxes.get(i);
                SunRgbdPicture.Seen seen = expected.get(i);
                assertThat(box.label()).isEqualTo(label(seen));
                assertThat(new double[] {box.centreX(), box.centreY(), box.centreZ()})
                        .isEqualTo(seen.centre());
                assertThat(new double[] {box.sizeX(), box.sizeY(), box.sizeZ()})
                        .containsExactly(
                                seen.item().sizeX(),
                                seen.item().sizeY(),
                                seen.item().sizeZ());
                // Through sine, cosine and the arc: a few roundings of numbers up to 2 pi.
                assertThat(Math.IEEEremainder(box.heading() - seen.heading(), 2 * Math.PI))
                        .isCloseTo(0, within(1e-14));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(2);
    }

    /** A thing stands where its points are: all of them lie in its box, to the millimetre of their depth. */
    @Test
    void pointsOfAThingLieInItsBox() {
        SunRgbdPicture picture = pictures().getFirst();
        Scene scene = open("prepared", "val").load(0).scene();
        List<Box> boxes = scene.boxes();
        List<SunRgbdPicture.Seen> seen =
                picture.seen().stream().filter(thing -> label(thing) >= 0).toList();
        RoomFrame frame = picture.frame();
        int point = 0;
        int inside = 0;
        for (int u = 0; u < frame.width(); u++) {
            for (int v = 0; v < frame.height(); v++) {
                int pixel = v * frame.width() + u;
                if (frame.depth()[pixel] == 0) {
                    continue;
                }
                for (int i = 0; i < boxes.size(); i++) {
                    if (picture.items().get(frame.items()[pixel]) == seen.get(i).item()) {
                        assertThat(holds(boxes.get(i), scene.positions(), point))
                                .isTrue();
                        inside++;
                    }
                }
                point++;
            }
        }
        assertThat(inside).isGreaterThan(100);
    }

    private static boolean holds(Box box, float[] positions, int point) {
        double c = Math.cos(box.heading());
        double s = Math.sin(box.heading());
        double x = positions[3 * point] - box.centreX();
        double y = positions[3 * point + 1] - box.centreY();
        double z = positions[3 * point + 2] - box.centreZ();
        return Math.abs(c * x + s * y) <= box.sizeX() / 2 + 1e-3
                && Math.abs(-s * x + c * y) <= box.sizeY() / 2 + 1e-3
                && Math.abs(z) <= box.sizeZ() / 2 + 1e-3;
    }

    private static int label(SunRgbdPicture.Seen seen) {
        return CLASSES.indexOf(seen.item().type().name().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void ofLargeViewsSoManyPointsAreKeptAndTheirVotesStandBeside() {
        prepare("few", 500, false);
        assertThat(open("few", "val").load(0).scene().size()).isEqualTo(500);
        try (Npz votes = Npz.open(folder.resolve("few/sunrgbd_pc_bbox_votes_50k_v1_val/000001_votes.npz"));
                Npz cloud = Npz.open(folder.resolve("few/sunrgbd_pc_bbox_votes_50k_v1_val/000001_pc.npz"))) {
            NpArray stored = votes.get("point_votes");
            assertThat(stored.shape()).containsExactly(500, 10);
            assertThat(stored.doubles()).contains(1.0);
            assertThat(cloud.get("pc").shape()).containsExactly(500, 6);
        }
        // A small view has all its points, each once.
        prepare("many", 1_000_000, false);
        assertThat(open("many", "val").load(0).scene().positions())
                .isEqualTo(open("prepared", "val").load(0).scene().positions());
    }

    @Test
    void asPublishedSmallViewsAreFilledUp() {
        prepare("legacy", 6_000, true);
        assertThat(open("legacy", "val").load(0).scene().size()).isEqualTo(6_000);
    }

    @Test
    void whatIsDoneIsKeptAlsoWhenTheRoomsAreWrittenAgain() throws IOException {
        writeRaw();
        assertThat(prepare("prepared", 0, false)).containsEntry("scenes_kept", 6.0);
        Path gone = folder.resolve("prepared/sunrgbd_pc_bbox_votes_50k_v1_val/000002_bbox.npy");
        byte[] before = Files.readAllBytes(gone);
        Files.delete(gone);
        assertThat(prepare("prepared", 0, false)).containsEntry("scenes_made", 1.0);
        assertThat(Files.readAllBytes(gone)).isEqualTo(before);
    }
}
