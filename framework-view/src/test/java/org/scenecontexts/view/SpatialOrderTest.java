package org.scenecontexts.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpatialOrderTest {

    private static final double[] LOW = {0, 0, 0};
    private static final double[] SIDE = {1, 1, 1};

    private static float[] cube(int points) {
        SplittableRandom random = new SplittableRandom(4);
        float[] positions = new float[3 * points];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) random.nextDouble();
        }
        return positions;
    }

    @Test
    void everyPointIsThereOnce() {
        int[] order = SpatialOrder.of(cube(5000), LOW, SIDE, 5000);
        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 5000).toArray());
    }

    @Test
    void neighboursOfTheListAreNeighboursInSpace() {
        float[] positions = cube(20000);
        int[] order = SpatialOrder.of(positions, LOW, SIDE, 20000);
        double steps = 0;
        for (int i = 1; i < order.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                steps += Math.abs(positions[3 * order[i] + axis] - positions[3 * order[i - 1] + axis]);
            }
        }
        // Points drawn at random are a third of the side apart along each axis: 1.0 in sum.
        assertThat(steps / order.length).isLessThan(0.1);
    }

    @Test
    void aThinnedCloudHasItsShareInEveryPart() {
        float[] positions = cube(64_000);
        int[] order = SpatialOrder.of(positions, LOW, SIDE, 16_000);
        int[] octants = new int[8];
        for (int point : order) {
            int octant = 0;
            for (int axis = 0; axis < 3; axis++) {
                octant |= positions[3 * point + axis] > 0.5 ? 1 << axis : 0;
            }
            octants[octant]++;
        }
        // 8,000 points of each octant are expected before thinning, with a standard deviation of 84; a quarter of that.
        Arrays.stream(octants).forEach(count -> assertThat(count).isBetween(2000 - 100, 2000 + 100));
        assertThat(order).doesNotHaveDuplicates().hasSize(16_000);
    }

    @Test
    void aCloudWithoutAnyExtentIsFine() {
        assertThat(SpatialOrder.of(new float[9], LOW, new double[3], 10)).containsExactly(0, 1, 2);
    }
}
