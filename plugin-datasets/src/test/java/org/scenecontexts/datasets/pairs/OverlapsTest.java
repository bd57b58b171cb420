package org.scenecontexts.datasets.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Parallel;

/** Overlaps of views by one shared grid, against a search of all pairs of points. */
class OverlapsTest {

    private static List<double[]> views(int count, int points, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> views = new ArrayList<>();
        for (int v = 0; v < count; v++) {
            double shift = random.nextDouble(-0.5, 0.5);
            views.add(random.doubles(3L * points, shift - 0.5, shift + 0.5).toArray());
        }
        return views;
    }

    @Test
    void fractionsEqualThoseOfAllPairsOfPoints() {
        List<double[]> views = views(6, 300, 5);
        double[][] found = Overlaps.fractions(views, 0.075, PairContexts.threads(2));
        for (int i = 0; i < views.size(); i++) {
            for (int j = 0; j < views.size(); j++) {
                if (i != j) {
                    assertThat(found[i][j]).isEqualTo(slowly(views.get(i), views.get(j)));
                }
            }
        }
    }

    /** The share of the points of {@code b} with a point of {@code a} near. */
    private static double slowly(double[] a, double[] b) {
        int near = 0;
        for (int q = 0; q < b.length; q += 3) {
            boolean hit = false;
            for (int p = 0; p < a.length && !hit; p += 3) {
                double d = 0;
                for (int axis = 0; axis < 3; axis++) {
                    d += Math.pow(a[p + axis] - b[q + axis], 2);
                }
                hit = d <= 0.075 * 0.075;
            }
            near += hit ? 1 : 0;
        }
        return near / (b.length / 3.0);
    }

    @Test
    void threadsDoNotChangeTheResult() {
        List<double[]> views = views(8, 2000, 6);
        assertThat(Overlaps.fractions(views, 0.075, PairContexts.threads(2)))
                .isDeepEqualTo(Overlaps.fractions(views, 0.075, Parallel.sequential()));
    }

    @Test
    void aViewWithoutPointsOverlapsWithNothing() {
        double[][] found =
                Overlaps.fractions(List.of(new double[] {0, 0, 0}, new double[0]), 0.075, Parallel.sequential());
        assertThat(found[0][1]).isZero();
        assertThat(found[1][0]).isZero();
    }

    @Test
    void voxelsAreAveragedOnAGridThatStartsHalfAVoxelBelowTheLowestPoint() {
        double[] points = {0, 0, 0, 0.02, 0, 0, 0.03, 0, 0, -0.5, 1, 1};
        double[] found = VoxelAverages.of(points, 3, 0.05);
        // Cells along x start at -0.525: 0 and 0.02 fall into [-0.025, 0.025), 0.03 into the next.
        assertThat(found).hasSize(9);
        assertThat(Arrays.copyOf(found, 6)).containsExactly(0.01, 0, 0, 0.03, 0, 0);
    }

    @Test
    void aCloudWithACoordinateThatIsNotANumberIsEmpty() {
        assertThat(VoxelAverages.of(new double[] {0, 0, 0, Double.NaN, 0, 0}, 3, 0.05))
                .isEmpty();
    }
}
