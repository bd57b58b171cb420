package org.scenecontexts.contrastive.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quick ways to sort points into contexts against the plain ones, on and off the borders. */
class PartitionersAgreeTest {

    /** Integer coordinates: most directions lie exactly on a border of something. */
    private static Positions grid() {
        int side = 7;
        float[][] axes = new float[3][side * side * side + 5];
        for (int i = 0; i < axes[0].length; i++) {
            axes[0][i] = i % side;
            axes[1][i] = i / side % side;
            axes[2][i] = i / (side * side);
        }
        return new Positions(axes[0], axes[1], axes[2]);
    }

    private static Positions cloud(int points) {
        SplittableRandom random = new SplittableRandom(points);
        float[][] axes = new float[3][points];
        for (float[] axis : axes) {
            for (int i = 0; i < points; i++) {
                axis[i] = (float) random.nextDouble(7);
            }
        }
        return new Positions(axes[0], axes[1], axes[2]);
    }

    static Stream<Positions> places() {
        return Stream.of(grid(), cloud(1), cloud(7), cloud(8), cloud(333));
    }

    private static void agree(Partitioner found, Partitioner expected, Positions points) {
        int[] a = new int[points.size()];
        int[] b = new int[points.size()];
        for (int anchor = 0; anchor < points.size(); anchor++) {
            found.contexts(anchor, points, a);
            expected.contexts(anchor, points, b);
            a[anchor] = b[anchor];
            assertThat(a).as("seen from %d", anchor).containsExactly(b);
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void vectorisedHalfSpacesGiveTheContextsOfThePlainOnes(Positions points) {
        HalfSpaces plain = new HalfSpaces(1, 3);
        agree(Partitioner.best(plain), plain, points);
    }

    @ParameterizedTest
    @MethodSource("places")
    void vectorisedSignTestsGiveTheContextsOfThePlainOnes(Positions points) {
        for (int bins = 0; bins < 4; bins++) {
            AngularBins plain = new AngularBins(1, 3, 1 + bins / 2, 1 + bins % 2);
            agree(Partitioner.best(plain), plain, points);
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void estimatedAnglesGiveTheBinsOfThePublishedArithmetic(Positions points) {
        agree(new AngularBins(1, 3, 3, 5), new Angles(1, 3, 3, 5), points);
        agree(new AngularBins(1, 3, 4, 3), new Angles(1, 3, 4, 3), points);
    }

    /** REFERENCE 4.4 b as it is written there, in the published single precision. */
    private record Angles(float near, float far, int xyBins, int zyBins) implements Partitioner {

        private static final float TURN = (float) (2 * Math.PI);

        @Override
        public int count() {
            return 2 * xyBins * zyBins;
        }

        @Override
        public Rule rule() {
            return new Rule(Kind.ANGULAR_BINS, near, far, xyBins, zyBins);
        }

        @Override
        public void contexts(int anchor, Positions points, int[] out) {
            for (int j = 0; j < points.size(); j++) {
                float dx = points.x()[j] - points.x()[anchor];
                float dy = points.y()[j] - points.y()[anchor];
                float dz = points.z()[j] - points.z()[anchor];
                float distance = (float) Math.sqrt(dx * dx + dy * dy + dz * dz + 1e-7f);
                int xy = bin(Math.atan2(dy, dx), TURN, xyBins);
                int zy = bin(Math.atan2(dy, dz), (float) Math.PI, zyBins);
                int context = (distance >= far ? xyBins * zyBins : 0) + xy * zyBins + zy;
                out[j] = distance < near ? NONE : context;
            }
        }

        private static int bin(double angle, float range, int bins) {
            float inRange = ((float) angle + TURN) % range;
            return Math.min(bins - 1, (int) (inRange / (range / bins)));
        }
    }
}
