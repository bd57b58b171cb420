package org.scenecontexts.pointnet2.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.pointnet2.kernel.vector.VectorBallScan;

/** What both ways to test points must do. */
class BallScanTest {

    static Stream<BallScan> scans() {
        return Stream.of(new ScalarBallScan(), new VectorBallScan());
    }

    @ParameterizedTest
    @MethodSource("scans")
    void findsWhatThePlainDistanceFindsInRunsOfAnyLength(BallScan scan) {
        float[] xyz = lattice(300);
        Axes points = Axes.of(xyz, 0, 300);
        float limit = 0.25f;
        for (int from : new int[] {0, 1, 7, 8, 63, 64, 299, 300}) {
            for (int to = from; to <= 300; to++) {
                int[] expected = IntStream.range(from, to)
                        .filter(i -> ScalarPointKernels.squaredDistance(xyz, 0, xyz, i) < limit)
                        .toArray();
                int[] hits = new int[to - from + 1];

                int count = scan.find(points, from, to, xyz[0], xyz[1], xyz[2], limit, hits, 0);

                assertThat(Arrays.copyOf(hits, count)).as(from + " to " + to).containsExactly(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scans")
    void addsToTheHitsThereAre(BallScan scan) {
        Axes points = Axes.of(new float[] {0, 0, 0, 9, 9, 9, 0, 0, 0.5f}, 0, 3);
        int[] hits = {41, 42, 0, 0, 0, 0};

        assertThat(scan.find(points, 0, 3, 0, 0, 0, 1, hits, 2)).isEqualTo(4);
        assertThat(Arrays.copyOf(hits, 4)).containsExactly(41, 42, 0, 2);
    }

    @ParameterizedTest
    @MethodSource("scans")
    void leavesOutWhatIsOnTheRadiusOrNotANumber(BallScan scan) {
        float nan = Float.NaN;
        float below = Math.nextDown(1f);
        float[] xyz = {1, 0, 0, nan, 0, 0, 0, -nan, 0, 0, 0, 1e30f, below, 0, 0};

        int[] hits = new int[6];

        assertThat(scan.find(Axes.of(xyz, 0, 5), 0, 5, 0, 0, 0, 1, hits, 0)).isEqualTo(1);
        assertThat(hits[0]).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("scans")
    void findsAllButTheInfinitelyFarWithoutALimit(BallScan scan) {
        float[] xyz = {0, 0, 0, 1e30f, 0, 0, 1e19f, 0, 0};
        int[] hits = new int[4];

        int count = scan.find(Axes.of(xyz, 0, 3), 0, 3, 0, 0, 0, Float.POSITIVE_INFINITY, hits, 0);

        assertThat(Arrays.copyOf(hits, count)).containsExactly(0, 2);
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void takesVectorsUnlessTheyAreForbidden() {
        String before = System.getProperty("csc.simd");
        try {
            System.clearProperty("csc.simd");
            assertThat(BallScan.best()).isInstanceOf(VectorBallScan.class);
            System.setProperty("csc.simd", "scalar");
            assertThat(BallScan.best()).isInstanceOf(ScalarBallScan.class);
        } finally {
            if (before == null) {
                System.clearProperty("csc.simd");
            } else {
                System.setProperty("csc.simd", before);
            }
        }
    }

    /** Steps of a quarter metre: many points are exactly on a radius. */
    private static float[] lattice(int n) {
        Random random = new Random(n);
        float[] xyz = new float[3 * n];
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] = random.nextInt(4) * 0.25f;
        }
        return xyz;
    }
}
