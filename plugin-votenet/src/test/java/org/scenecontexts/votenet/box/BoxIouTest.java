package org.scenecontexts.votenet.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class BoxIouTest {

    private static Box box(double x, double y, double z, double sizeX, double sizeY, double sizeZ, double heading) {
        return new Box(x, y, z, sizeX, sizeY, sizeZ, heading, 0, -1);
    }

    private static Box flat(double x, double y, double width, double height, double heading) {
        return box(x, y, 0, width, height, 1, heading);
    }

    @Test
    void randomPairsAreRightToAMillionth() {
        SplittableRandom random = new SplittableRandom(16);
        for (int i = 0; i < 10_000; i++) {
            Box a = random(random, i);
            Box b = related(a, random, i);
            double iou = BoxIou.of(a, b);
            assertThat(iou).as("%s and %s", a, b).isBetween(0.0, 1.0).isCloseTo(ExactIou.of(a, b), within(1e-6));
            assertThat(BoxIou.of(b, a)).as("the other order").isEqualTo(iou);
            assertThat(BoxIou.fromAbove(a, b)).isBetween(0.0, 1.0);
        }
    }

    private static Box random(SplittableRandom random, int i) {
        double scale = new double[] {1, 1e-3, 1e3, 1}[i % 4];
        double offset = i % 5 == 0 ? 4e4 : 0;
        return box(
                offset + random.nextDouble(-scale, scale),
                -offset + random.nextDouble(-scale, scale),
                random.nextDouble(-scale, scale),
                scale * random.nextDouble(0.1, 3),
                scale * random.nextDouble(0.1, 3),
                scale * random.nextDouble(0.1, 3),
                i % 3 == 0 ? 0 : random.nextDouble(-Math.PI, Math.PI));
    }

    /** Any other box, the same, nearly the same, one that touches, one inside, one turned by a quarter, one without a side. */
    private static Box related(Box a, SplittableRandom random, int i) {
        return switch (i % 10) {
            case 0 -> a;
            case 1 -> box(a.centreX() + 1e-9, a.centreY(), a.centreZ(), a.sizeX(), a.sizeY(), a.sizeZ(), a.heading());
            case 2 -> {
                double step = a.sizeX();
                yield box(
                        a.centreX() + step * Math.cos(a.heading()),
                        a.centreY() + step * Math.sin(a.heading()),
                        a.centreZ(),
                        a.sizeX(),
                        a.sizeY(),
                        a.sizeZ(),
                        a.heading());
            }
            case 3 ->
                box(
                        a.centreX(),
                        a.centreY(),
                        a.centreZ(),
                        a.sizeX() / 2,
                        a.sizeY() / 3,
                        a.sizeZ() / 4,
                        a.heading() + 0.3);
            case 4 ->
                box(a.centreX(), a.centreY(), a.centreZ(), a.sizeX(), a.sizeY(), a.sizeZ(), a.heading() + Math.PI / 2);
            case 5 -> box(a.centreX(), a.centreY(), a.centreZ(), a.sizeX(), 0, a.sizeZ(), a.heading());
            case 6 ->
                box(a.centreX(), a.centreY(), a.centreZ(), a.sizeX(), a.sizeY(), a.sizeZ(), a.heading() + Math.PI);
            default -> {
                Box other = random(random, 1 + i / 10);
                yield box(
                        a.centreX() + random.nextDouble(-1, 1) * a.sizeX(),
                        a.centreY() + random.nextDouble(-1, 1) * a.sizeY(),
                        a.centreZ() + random.nextDouble(-1, 1) * a.sizeZ(),
                        a.sizeX() * random.nextDouble(0.2, 2),
                        a.sizeY() * random.nextDouble(0.2, 2),
                        a.sizeZ() * random.nextDouble(0.2, 2),
                        other.heading());
            }
        };
    }

    /** Boxes for which public implementations gave 0, 0.33, 0.5, 1.49 or 3.69 where the answer is 1. */
    @ParameterizedTest
    @CsvSource({
        "11.897, 3.263, 0.306, 0.19, 0.0",
        "12.611, -0.418, 0.688, 1.904, 0.0",
        "0, 0, 180.6422271729, 136.3633728027, 0.9559648633",
        "1, 1, 1, 1, 0.3",
        "672.4067, 290.7776, 791.0275, 38.9333, 0.5959",
        "0, 0, 2, 2, 0.7853981633974483",
        "-24931, 40325, 0.8, 1.4, 0.4",
        "160, 153, 230, 23, -0.6457718232379019"
    })
    void aBoxAndItselfHaveOne(double x, double y, double width, double height, double heading) {
        Box box = flat(x, y, width, height, heading);
        assertThat(BoxIou.of(box, box)).isCloseTo(1, within(1e-12));
        assertThat(BoxIou.fromAbove(box, box)).isCloseTo(1, within(1e-12));
    }

    /** Other pairs on which public implementations failed, with their exact values. */
    @ParameterizedTest
    @CsvSource({
        "135.07,406.72,7.9445e-7,1971.1,1.7708, 151.008,436.2173,302.0159,313.7347,3.1184, 2.6e-9, 1e-10",
        "46.83,44.03,3.9,1.63,0, 46.83,44.03,1.63,3.9,1.45, 0.85483, 5e-6",
        "4,5,8,10,0, 3,4,6,8,0, 0.6, 1e-12",
        "0,0,1,1,0, 0.5,0,1,1,0, 0.3333333333333333, 1e-12"
    })
    void pairsThatOthersGotWrong(
            double x1,
            double y1,
            double w1,
            double h1,
            double t1,
            double x2,
            double y2,
            double w2,
            double h2,
            double t2,
            double exact,
            double limit) {
        Box a = flat(x1, y1, w1, h1, t1);
        Box b = flat(x2, y2, w2, h2, t2);
        assertThat(BoxIou.of(a, b)).isCloseTo(exact, within(limit));
        assertThat(ExactIou.of(a, b)).isCloseTo(exact, within(limit));
    }

    @ParameterizedTest
    @CsvSource({
        "296.6620178,458.7388306,23.5157299,47.677002,0.0879517, 296.66201,458.73882,23.51573,47.67702,0.087951, 0.999999",
        "2563.7446289,1436.7901611,2174.7033691,214.0950012,115.1183472, 2563.7446289,1436.7902832,2174.7028809,214.0949554,115.1183548, 0.999999"
    })
    void nearlyEqualBoxesInDegrees(
            double x1,
            double y1,
            double w1,
            double h1,
            double t1,
            double x2,
            double y2,
            double w2,
            double h2,
            double t2,
            double exact) {
        double iou = BoxIou.of(flat(x1, y1, w1, h1, Math.toRadians(t1)), flat(x2, y2, w2, h2, Math.toRadians(t2)));
        assertThat(iou).isCloseTo(exact, within(1.5e-6));
    }

    @Test
    void boxesThatOnlyTouchShareNothing() {
        assertThat(BoxIou.of(flat(0, 0, 1, 1, 0), flat(1, 0, 1, 1, 0))).isZero();
        assertThat(BoxIou.of(box(0, 0, 0, 1, 1, 1, 0), box(0, 0, 1, 1, 1, 1, 0)))
                .isZero();
    }

    @Test
    void aBoxWithoutVolumeSharesNothingAlsoWithItself() {
        Box plane = box(0, 0, 0, 1, 1, 0, 0);
        assertThat(BoxIou.of(plane, plane)).isZero();
        assertThat(BoxIou.of(plane, box(0, 0, 0, 1, 1, 1, 0))).isZero();
    }

    @Test
    void negativeSizesAndNumbersThatAreNotFiniteAreRefused() {
        Box good = flat(0, 0, 1, 1, 0);
        assertThatThrownBy(() -> BoxIou.of(good, flat(0, 0, -1, 1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sizeX=-1.0");
        assertThatThrownBy(() -> BoxIou.fromAbove(flat(Double.NaN, 0, 1, 1, 0), good))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }

    /** In the published axes y points down and the angle turns the other way round. */
    @ParameterizedTest
    @CsvSource({"votenet_box_iou.npz"})
    void thePublishedPairs(String file) {
        try (Npz golden = Npz.open(TestFiles.golden(file))) {
            double[] exact = golden.get("iou3d").doubles();
            double[] ground = golden.get("iou2d").doubles();
            for (int i = 0; i < exact.length; i++) {
                Box a = published(golden, "a", i);
                Box b = published(golden, "b", i);
                assertThat(BoxIou.of(a, b)).isCloseTo(exact[i], within(1e-9));
                assertThat(BoxIou.fromAbove(a, b)).isCloseTo(ground[i], within(1e-9));
                assertThat(PublishedIou.of(a, b)).isCloseTo(exact[i], within(1e-9));
            }
        }
    }

    private static Box published(Npz golden, String which, int i) {
        double[] size = golden.get("size_" + which).doubles();
        double[] centre = golden.get("center_" + which).doubles();
        double angle = golden.get("angle_" + which).doubles()[i];
        return box(
                centre[3 * i],
                centre[3 * i + 2],
                -centre[3 * i + 1],
                size[3 * i],
                size[3 * i + 1],
                size[3 * i + 2],
                -angle);
    }

    @Test
    void thePublishedOverlapOfACopyIsWhatWasSeenThere() {
        Box first = box(11.897, 3.263, -2.118, 0.306, 0.19, 0.382, 0);
        assertThat(PublishedIou.of(first, first)).isNotCloseTo(1, within(0.001));
        assertThat(BoxIou.of(first, first)).isCloseTo(1, within(1e-12));
    }
}
