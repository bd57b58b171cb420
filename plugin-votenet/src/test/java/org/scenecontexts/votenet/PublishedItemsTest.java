package org.scenecontexts.votenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.augment.RandomFlip;
import org.scenecontexts.datasets.augment.RandomRotation;
import org.scenecontexts.datasets.augment.RandomScale;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.PublishedSizes;

/**
 * What a detector is told about a scene after the augmentations of published detection, against what the published loaders
 * tell theirs with the same draws: points, boxes, and where each point should vote (REFERENCE 8.4, 8.5).
 */
class PublishedItemsTest {

    private static final List<Integer> NYU40 = List.of(3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 24, 28, 33, 34, 36, 39);
    private static final String SCANNET = "more/det_scannet/scannet_train_detection_data/";
    private static final String SUNRGBD = "more/det_sunrgbd/sunrgbd/sunrgbd_pc_bbox_votes_50k_v1_train/";
    /** Single precision at 5 m. */
    private static final double LIMIT = 2e-6;

    private final BuildContext context = new TestContext(null, 3, 3, SceneClasses.none());

    /** Hands out recorded draws; of a shuffle it leaves the order. */
    private static RandomGenerator draws(double... values) {
        return new RandomGenerator() {
            private int at;

            @Override
            public double nextDouble() {
                return values[at++];
            }

            @Override
            public int nextInt(int bound) {
                return bound - 1;
            }

            @Override
            public long nextLong() {
                throw new UnsupportedOperationException("only what was recorded");
            }
        };
    }

    private Scene mirrored(Scene scene, List<RandomFlip.Axis> axes, double x, double y) {
        int[] identity = IntStream.range(0, scene.size()).toArray();
        // Published: mirrored where the draw is above a half.
        return new RandomFlip()
                .create(new RandomFlip.Config(1, 0.5, axes, RandomFlip.About.ORIGIN), context)
                .applySampled(new SampledPoints(scene, new int[0], 0, identity, identity), draws(0, 1 - x, 1 - y))
                .scene();
    }

    private Scene turned(Scene scene, double degrees, RandomRotation.Boxes boxes, double draw) {
        return new RandomRotation()
                .create(new RandomRotation.Config(0, 0, degrees, boxes), context)
                .apply(scene, draws(0.5, 0.5, draw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "augment0", "augment1", "augment2", "augment3"})
    void itemsOfScannet(String name) {
        try (Npz golden = Npz.open(TestFiles.golden("more/det_scannet_items.npz"))) {
            Scene scene =
                    scannet("scene0610_00").select(golden.get(name + "/choices").ints());
            if (golden.has(name + "/random_draws")) {
                double[] draws = golden.get(name + "/random_draws").doubles();
                scene = mirrored(scene, List.of(RandomFlip.Axis.values()), draws[0], draws[1]);
                scene = turned(scene, 5, RandomRotation.Boxes.ENLARGED, draws[2]);
            }
            compare(golden, name, scene, new BoxCoding(1, PublishedSizes.SCANNET.sizes()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "plain_repl", "height", "augment0", "augment1", "augment2", "augment_color"})
    void itemsOfSunRgbd(String name) {
        try (Npz golden = Npz.open(TestFiles.golden("more/det_sunrgbd_items.npz"))) {
            Scene scene = sunRgbd(golden.get(name + "/scan_name").scalarText())
                    .select(golden.get(name + "/choices").ints());
            if (golden.has(name + "/random_draws")) {
                double[] draws = golden.get(name + "/random_draws").doubles();
                scene = mirrored(scene, List.of(RandomFlip.Axis.X), draws[0], 0);
                scene = turned(scene, 30, RandomRotation.Boxes.TURNED, draws[1]);
                scene = new RandomScale()
                        .create(new RandomScale.Config(0.85, 1.15), context)
                        // What lies between are draws for colours.
                        .apply(scene, draws(draws[draws.length - 1]));
            }
            compare(golden, name, scene, new BoxCoding(12, PublishedSizes.SUNRGBD.sizes()));
        }
    }

    private static void compare(Npz golden, String name, Scene scene, BoxCoding coding) {
        close(scene.positions(), golden.get(name + "/point_clouds").floats(), "points");
        List<String> names = IntStream.range(0, coding.meanSizes().length)
                .mapToObj(label -> "c" + label)
                .toList();
        SceneObjects objects = new SceneObjects(scene, DetectedClasses.of(SceneClasses.of(names), List.of()));
        boxes(golden, name, objects.boxes(), coding);
        int[] mask = golden.get(name + "/vote_label_mask").ints();
        float[] votes = golden.get(name + "/vote_label").floats();
        float[] found = new float[votes.length];
        for (int point = 0; point < mask.length; point++) {
            int instance = scene.instances().length == 0 ? Labels.NO_INSTANCE : scene.instances()[point];
            assertThat(objects.voted().votes(0, instance, scene.positions(), 3 * point, found, 9 * point))
                    .as("point " + point)
                    .isEqualTo(mask[point] == 1);
        }
        close(found, votes, "votes");
    }

    private static void boxes(Npz golden, String name, List<Box> found, BoxCoding coding) {
        float[] centres = golden.get(name + "/center_label").floats();
        float[] sizes = golden.get(name + "/size_residual_label").floats();
        float[] residuals = golden.get(name + "/heading_residual_label").floats();
        int[] classes = golden.get(name + "/sem_cls_label").ints();
        int[] bins = golden.get(name + "/heading_class_label").ints();
        float real = 0;
        for (float mask : golden.get(name + "/box_label_mask").floats()) {
            real += mask;
        }
        assertThat(found).hasSize(Math.round(real));
        for (int i = 0; i < found.size(); i++) {
            Box box = found.get(i);
            assertThat(box.label()).isEqualTo(classes[i]);
            assertThat(coding.heading(box).bin()).isEqualTo(bins[i]);
            assertThat(coding.heading(box).residual()).isCloseTo(residuals[i], within(LIMIT));
            double[] numbers = {box.centreX(), box.centreY(), box.centreZ()};
            for (int axis = 0; axis < 3; axis++) {
                assertThat(numbers[axis]).isCloseTo(centres[3 * i + axis], within(LIMIT));
                assertThat(coding.residual(box, classes[i], axis)).isCloseTo(sizes[3 * i + axis], within(LIMIT));
            }
        }
    }

    private static void close(float[] found, float[] expected, String what) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("%s [%d]", what, i).isCloseTo(expected[i], within(LIMIT));
        }
    }

    private static float[] positions(double[] rows) {
        float[] positions = new float[rows.length / 2];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) rows[6 * (i / 3) + i % 3];
        }
        return positions;
    }

    private static Scene scannet(String scan) {
        String file = SCANNET + scan;
        float[] positions =
                positions(Npy.read(TestFiles.golden(file + "_vert.npy")).doubles());
        int[] objects = Npy.read(TestFiles.golden(file + "_ins_label.npy")).ints();
        int[] labels = IntStream.of(
                        Npy.read(TestFiles.golden(file + "_sem_label.npy")).ints())
                .map(NYU40::indexOf)
                .toArray();
        double[] rows = Npy.read(TestFiles.golden(file + "_bbox.npy")).doubles();
        List<Box> boxes = new ArrayList<>();
        for (int at = 0; at < rows.length; at += 7) {
            double[] b = Arrays.copyOfRange(rows, at, at + 7);
            // Of these scans the boxes belong to the objects 1, 2, ...
            boxes.add(new Box(b[0], b[1], b[2], b[3], b[4], b[5], 0, NYU40.indexOf((int) b[6]), boxes.size() + 1));
        }
        return Scene.ofPositions(scan, positions)
                .withLabels(labels)
                .withInstances(IntStream.of(objects)
                        .map(object -> object == 0 ? Labels.NO_INSTANCE : object)
                        .toArray())
                .withBoxes(boxes);
    }

    /** Half lengths, and headings that count clockwise. */
    private static Scene sunRgbd(String image) {
        double[] cloud;
        try (Npz npz = Npz.open(TestFiles.golden(SUNRGBD + image + "_pc.npz"))) {
            cloud = npz.get("pc").doubles();
        }
        double[] rows =
                Npy.read(TestFiles.golden(SUNRGBD + image + "_bbox.npy")).doubles();
        List<Box> boxes = new ArrayList<>();
        for (int at = 0; at < rows.length; at += 8) {
            double[] b = Arrays.copyOfRange(rows, at, at + 8);
            boxes.add(new Box(b[0], b[1], b[2], 2 * b[3], 2 * b[4], 2 * b[5], -b[6], (int) b[7], Labels.NO_INSTANCE));
        }
        return Scene.ofPositions(image, positions(cloud)).withBoxes(boxes);
    }
}
