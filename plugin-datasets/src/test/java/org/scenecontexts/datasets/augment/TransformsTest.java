package org.scenecontexts.datasets.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.synthetic.RoomGenerator;
import org.scenecontexts.datasets.synthetic.RoomScanner;
import org.scenecontexts.datasets.synthetic.RoomSettings;
import org.scenecontexts.datasets.synthetic.RoomType;
import org.scenecontexts.datasets.synthetic.ScanSettings;

class TransformsTest {

    private static final List<RandomFlip.Axis> FLIPS = List.of(RandomFlip.Axis.values());

    private static final Scene ROOM = room();

    private static Scene room() {
        var room = RoomGenerator.room(RoomSettings.defaults(), RoomType.OFFICE, 3);
        return RoomScanner.scan(room, "room", RoomGenerator.poses(room, 4, 4), ScanSettings.of(0.5, 0), 5);
    }

    static Stream<Transform> all() {
        TestContext context = new TestContext();
        return Stream.of(
                new ElasticDistortion()
                        .create(new ElasticDistortion.Config(List.of(0.2, 0.8), List.of(0.4, 1.6), 1), context),
                new RandomRotation()
                        .create(new RandomRotation.Config(2.8125, 2.8125, 180, RandomRotation.Boxes.TURNED), context),
                new RandomScale().create(new RandomScale.Config(0.9, 1.1), context),
                new RandomCrop().create(new RandomCrop.Config(1.2, 0.2, 0.2, 0.05), context),
                new RandomDropout().create(new RandomDropout.Config(0.2, 1), context),
                new RandomFlip().create(new RandomFlip.Config(1, 0.5, FLIPS, RandomFlip.About.MIDDLE), context),
                new ChromaticAutoContrast().create(new ChromaticAutoContrast.Config(1), context),
                new ChromaticTranslation().create(new ChromaticTranslation.Config(0.1, 1), context),
                new ChromaticJitter().create(new ChromaticJitter.Config(0.05, 1), context),
                new RandomShift().create(new RandomShift.Config(100), context),
                new Center().create(new Center.Config(Center.Height.LOWEST), context),
                new LimitPoints().create(new LimitPoints.Config(1000), context));
    }

    @ParameterizedTest
    @MethodSource("all")
    void sameChanceGivesTheSameResultAndTheArgumentStaysAsItWas(Transform transform) {
        float[] positions = ROOM.positions().clone();
        float[] colours = ROOM.colours().clone();
        int[] grid = sampled(ROOM).grid();
        Scene first = transform.apply(ROOM, new SplittableRandom(9));
        Scene second = transform.apply(ROOM, new SplittableRandom(9));
        assertThat(first.positions()).isEqualTo(second.positions());
        SampledPoints points = sampled(ROOM);
        SampledPoints one = transform.applySampled(points, new SplittableRandom(9));
        SampledPoints two = transform.applySampled(points, new SplittableRandom(9));
        assertThat(one.grid()).isEqualTo(two.grid());
        assertThat(one.scene().colours()).isEqualTo(two.scene().colours());
        assertThat(ROOM.positions()).isEqualTo(positions);
        assertThat(ROOM.colours()).isEqualTo(colours);
        assertThat(points.grid()).isEqualTo(grid);
    }

    @ParameterizedTest
    @MethodSource("all")
    void emptyAndSinglePointScenesPass(Transform transform) {
        Scene empty = Scene.ofPositions("empty", new float[0]);
        Scene one = ROOM.select(new int[] {0}).withBoxes(List.of());
        for (Scene scene : List.of(empty, one)) {
            assertThat(transform.apply(scene, new SplittableRandom(1)).size()).isEqualTo(scene.size());
            assertThat(transform
                            .applySampled(sampled(scene), new SplittableRandom(1))
                            .size())
                    .isEqualTo(scene.size());
        }
    }

    @Test
    void rotationScaleAndFlipKeepPointsInTheirBoxes() {
        for (RandomRotation.Boxes boxes : RandomRotation.Boxes.values()) {
            for (RandomFlip.About about : RandomFlip.About.values()) {
                pointsStayInTheirBoxes(boxes, about);
            }
        }
    }

    private static void pointsStayInTheirBoxes(RandomRotation.Boxes boxes, RandomFlip.About about) {
        TestContext context = new TestContext();
        Transform turn = new RandomRotation().create(new RandomRotation.Config(0, 0, 180, boxes), context);
        Transform scale = new RandomScale().create(new RandomScale.Config(0.5, 2), context);
        Transform flip = new RandomFlip().create(new RandomFlip.Config(1, 0.7, FLIPS, about), context);
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 20; round++) {
            Scene changed = scale.apply(turn.apply(ROOM, random), random);
            changed = flip.applySampled(sampled(changed), random).scene();
            for (Box box : changed.boxes()) {
                double worst = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < changed.size(); i++) {
                    if (changed.instances()[i] == box.instance()) {
                        worst = Math.max(worst, distanceOutside(box, changed.positions(), i));
                    }
                }
                assertThat(worst).isLessThan(1e-3);
            }
        }
    }

    private static double distanceOutside(Box box, float[] p, int i) {
        double dx = p[3 * i] - box.centreX();
        double dy = p[3 * i + 1] - box.centreY();
        double c = Math.cos(box.heading());
        double s = Math.sin(box.heading());
        double x = Math.abs(c * dx + s * dy) - box.sizeX() / 2;
        double y = Math.abs(-s * dx + c * dy) - box.sizeY() / 2;
        double z = Math.abs(p[3 * i + 2] - box.centreZ()) - box.sizeZ() / 2;
        return Math.max(x, Math.max(y, z));
    }

    @Test
    void elasticDistortionRefusesScenesOfTheWrongUnit() {
        Transform elastic = new ElasticDistortion()
                .create(new ElasticDistortion.Config(List.of(0.2), List.of(0.4), 1), new TestContext());
        Scene millimetres = RigidMoves.scale(ROOM, 1000);
        assertThatThrownBy(() -> elastic.apply(millimetres, new SplittableRandom(1)))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("'room'")
                .hasMessageContaining("scale:");
    }

    @Test
    void channelsOfOneValueSurviveAutoContrast() {
        float[] grey = {10, 20, 7, 30, 40, 7};
        assertThat(ChromaticAutoContrast.stretch(grey, 1)).containsExactly(0, 0, 7, 255, 255, 7);
    }

    @Test
    void shiftsAreWholeAndTheSameForAllVoxels() {
        Transform shift = new RandomShift().create(new RandomShift.Config(100), new TestContext());
        SampledPoints points = sampled(ROOM);
        int[] moved = shift.applySampled(points, new SplittableRandom(5)).grid();
        for (int i = 3; i < moved.length; i++) {
            assertThat(moved[i] - points.grid()[i])
                    .isEqualTo(moved[i % 3] - points.grid()[i % 3])
                    .isBetween(0, 99);
        }
    }

    @Test
    void centredScenesStandOnTheFloor() {
        Transform center = new Center().create(new Center.Config(Center.Height.LOWEST), new TestContext());
        Scene centred = center.apply(RigidMoves.shift(ROOM, 30, -20, 5), new SplittableRandom(1));
        double[] bounds = RigidMoves.bounds(centred.positions());
        assertThat(bounds[2]).isCloseTo(0, within(1e-5));
        assertThat(bounds[0]).isNegative();
        assertThat(bounds[3]).isPositive();
        assertThat(centred.boxes()).hasSameSizeAs(ROOM.boxes());
    }

    @Test
    void limitsKeepTheOrderOfThePoints() {
        Transform limit = new LimitPoints().create(new LimitPoints.Config(1000), new TestContext());
        Scene few = limit.apply(ROOM, new SplittableRandom(1));
        assertThat(few.size()).isEqualTo(1000);
        assertThat(few.hasLabels()).isTrue();
    }

    @Test
    void cropsKeepBoxesOfWhatIsLeftOnly() {
        Transform crop = new RandomCrop().create(new RandomCrop.Config(0.8, 0.2, 0.2, 0.05), new TestContext());
        Scene cut = crop.apply(ROOM, new SplittableRandom(3));
        assertThat(cut.size()).isPositive().isLessThan(ROOM.size());
        assertThat(cut.boxes()).allMatch(box -> Arrays.stream(cut.instances()).anyMatch(i -> i == box.instance()));
    }

    private static SampledPoints sampled(Scene scene) {
        int[] grid = new int[scene.positions().length];
        int[] identity = new int[scene.size()];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (int) Math.floor(scene.positions()[i] / 0.05);
            identity[i / 3] = i / 3;
        }
        return new SampledPoints(scene, grid, 0.05, identity, identity);
    }
}
