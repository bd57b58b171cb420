package org.scenecontexts.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.Cells;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.point.Neighbours;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.GradientCheck;
import org.scenecontexts.testkit.Numbers;

/** What {@code NeighbourKernels} must do on every engine: the indices of a brute-force search, and gradients. */
public abstract class NeighbourConformance {

    /** Scenes of 70, 0, 1 and 129 rows: more than a piece of work, none, one, and more than two pieces. */
    private static final int[] OFFSETS = {0, 70, 70, 71, 200};

    /** Queries: none for the empty scene. */
    private static final int[] QUERIES = {0, 9, 9, 12, 90};

    private TensorEngine engine;
    private Neighbourhoods near;

    /** The engine under test. */
    protected abstract TensorEngine engine(int threads);

    @BeforeEach
    void begin() {
        engine = engine(2);
        near = new Neighbourhoods(engine);
    }

    @AfterEach
    void end() {
        engine.close();
    }

    /** Rows on a coarse lattice, so that duplicates and equal distances abound. */
    private static float[] lattice(int rows, int columns, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(5) * 0.25f - 0.5f;
        }
        return values;
    }

    private static float[] spread(int rows, int columns, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 3 - 1;
        }
        return values;
    }

    private Points points(float[] values, int columns, int[] offsets) {
        return new Points(engine.wrap(values.clone(), values.length / columns, columns), offsets);
    }

    private static float squared(float[] a, int i, float[] b, int j, int columns) {
        float sum = 0;
        for (int c = 0; c < columns; c++) {
            float d = a[i * columns + c] - b[j * columns + c];
            sum += d * d;
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "3, 3", "3, 20", "3, 200", "1, 5", "7, 4", "64, 16"})
    void nearestAreThoseOfABruteForceSearchWithTheLowerRowOfEquals(int columns, int count) {
        for (boolean ties : new boolean[] {true, false}) {
            float[] p = ties ? lattice(200, columns, 1) : spread(200, columns, 1);
            float[] q = ties ? lattice(90, columns, 2) : spread(90, columns, 2);
            try (Neighbours found = near.nearest(points(p, columns, OFFSETS), points(q, columns, QUERIES), count)) {
                int[] index = found.index().toArray();
                float[] squared = found.squared().toArray();
                for (int b = 0; b + 1 < OFFSETS.length; b++) {
                    for (int i = QUERIES[b]; i < QUERIES[b + 1]; i++) {
                        requireNearest(p, q, columns, b, i, count, index, squared);
                    }
                }
            }
        }
    }

    private static void requireNearest(
            float[] p, float[] q, int columns, int scene, int query, int count, int[] index, float[] squared) {
        Integer[] rows = new Integer[OFFSETS[scene + 1] - OFFSETS[scene]];
        Arrays.setAll(rows, k -> OFFSETS[scene] + k);
        Arrays.sort(rows, (a, b) -> Float.compare(squared(q, query, p, a, columns), squared(q, query, p, b, columns)));
        for (int k = 0; k < count; k++) {
            int at = query * count + k;
            boolean there = k < rows.length;
            assertThat(index[at]).as("neighbour %d of query %d", k, query).isEqualTo(rows[there ? k : 0]);
            assertThat(squared[at]).isEqualTo(there ? squared(q, query, p, rows[k], columns) : Float.POSITIVE_INFINITY);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.3, 1", "0.5, 4", "0.75, 16", "9, 200", "0.001, 3"})
    void withinARadiusAreTheFirstInOrderAndTheFirstFillsTheRest(float radius, int samples) {
        for (boolean ties : new boolean[] {true, false}) {
            float[] p = ties ? lattice(200, 3, 3) : spread(200, 3, 3);
            float[] q = ties ? lattice(90, 3, 4) : spread(90, 3, 4);
            try (Neighbours found = near.within(points(p, 3, OFFSETS), points(q, 3, QUERIES), radius, samples)) {
                int[] index = found.index().toArray();
                for (int b = 0; b + 1 < OFFSETS.length; b++) {
                    for (int i = QUERIES[b]; i < QUERIES[b + 1]; i++) {
                        int[] expected = ball(p, q, b, i, radius, samples);
                        assertThat(Arrays.copyOfRange(index, i * samples, (i + 1) * samples))
                                .as("centre %d", i)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    private static int[] ball(float[] p, float[] q, int scene, int query, float radius, int samples) {
        int[] expected = new int[samples];
        int hits = 0;
        Arrays.fill(expected, OFFSETS[scene]);
        for (int k = OFFSETS[scene]; k < OFFSETS[scene + 1] && hits < samples; k++) {
            if (squared(q, query, p, k, 3) < radius * radius) {
                if (hits == 0) {
                    Arrays.fill(expected, k);
                }
                expected[hits++] = k;
            }
        }
        return expected;
    }

    @Test
    void farthestPointsAreThoseOfABruteForceSearchWithTheLowerRowOfEquals() {
        int[] counts = {20, 0, 3, 60};
        for (boolean ties : new boolean[] {true, false}) {
            float[] p = ties ? lattice(200, 3, 5) : spread(200, 3, 5);
            try (Points.Picks picks = near.farthest(points(p, 3, OFFSETS), counts)) {
                assertThat(picks.offsets()).isEqualTo(new int[] {0, 20, 20, 23, 83});
                int[] rows = picks.rows().toArray();
                for (int b = 0; b < counts.length; b++) {
                    assertThat(Arrays.copyOfRange(rows, picks.offsets()[b], picks.offsets()[b + 1]))
                            .as("scene %d", b)
                            .isEqualTo(farthest(p, OFFSETS[b], OFFSETS[b + 1], counts[b]));
                }
            }
        }
    }

    private static int[] farthest(float[] p, int from, int to, int count) {
        int[] picks = new int[count];
        float[] nearest = new float[to - from];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        for (int j = 0; j < count; j++) {
            int best = 0;
            for (int k = 0; k < nearest.length && j > 0; k++) {
                nearest[k] = Math.min(nearest[k], squared(p, from + k, p, picks[j - 1], 3));
                best = nearest[k] > nearest[best] ? k : best;
            }
            picks[j] = from + best;
        }
        return picks;
    }

    @Test
    void everyThirdPointIsRoundedUpPerScene() {
        try (Points.Picks picks = near.farthest(points(spread(200, 3, 6), 3, OFFSETS), 3)) {
            assertThat(picks.offsets()).isEqualTo(new int[] {0, 24, 24, 25, 68});
        }
    }

    /** Cells of 0.125 m from the scene's lowest corner; the coordinates are multiples of 1 / 16, so that nothing is rounded. */
    private static long[] codes(float[] p, int from, int to, Curve curve) {
        float[] low = {9, 9, 9};
        int largest = 0;
        for (int i = from; i < to; i++) {
            for (int a = 0; a < 3; a++) {
                low[a] = Math.min(low[a], p[3 * i + a]);
            }
        }
        for (int i = from; i < to; i++) {
            for (int a = 0; a < 3; a++) {
                largest = Math.max(largest, (int) Math.floor((p[3 * i + a] - low[a]) * 8));
            }
        }
        int bits = Curve.bitsFor(largest);
        long[] codes = new long[to - from];
        for (int i = from; i < to; i++) {
            codes[i - from] = curve.code(
                    (int) Math.floor((p[3 * i] - low[0]) * 8),
                    (int) Math.floor((p[3 * i + 1] - low[1]) * 8),
                    (int) Math.floor((p[3 * i + 2] - low[2]) * 8),
                    bits);
        }
        return codes;
    }

    private static float[] sixteenths(long seed) {
        Random random = new Random(seed);
        float[] p = new float[600];
        for (int i = 0; i < p.length; i++) {
            p[i] = random.nextInt(24) / 16f - 0.5f;
        }
        return p;
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void orderFollowsTheCurveSceneBySceneAndKeepsPointsOfACellInOrder(Curve curve) {
        float[] p = sixteenths(7);
        int[] order = near.order(points(p, 3, OFFSETS), 0.125, curve).toArray();
        for (int b = 0; b + 1 < OFFSETS.length; b++) {
            int from = OFFSETS[b];
            long[] codes = codes(p, from, OFFSETS[b + 1], curve);
            Integer[] expected = new Integer[codes.length];
            Arrays.setAll(expected, k -> from + k);
            Arrays.sort(expected, (x, y) -> Long.compare(codes[x - from], codes[y - from]));
            for (int k = 0; k < expected.length; k++) {
                assertThat(order[from + k]).as("place %d of scene %d", k, b).isEqualTo(expected[k]);
            }
        }
    }

    @Test
    void pointsShareACellWhereTheirCoordinatesDoAndNowhereElse() {
        float[] p = sixteenths(8);
        try (Cells cells = near.cells(points(p, 3, OFFSETS), 0.125)) {
            int[] cellOf = cells.cellOf().toArray();
            int[] members = cells.members().toArray();
            for (int b = 0; b + 1 < OFFSETS.length; b++) {
                long[] codes = codes(p, OFFSETS[b], OFFSETS[b + 1], Curve.MORTON);
                long[] distinct = Arrays.stream(codes).distinct().sorted().toArray();
                assertThat(cells.offsets()[b + 1] - cells.offsets()[b]).isEqualTo(distinct.length);
                for (int k = 0; k < codes.length; k++) {
                    assertThat(cellOf[OFFSETS[b] + k])
                            .isEqualTo(cells.offsets()[b] + Arrays.binarySearch(distinct, codes[k]));
                }
            }
            assertThat(cells.starts()[cells.count()]).isEqualTo(200);
            for (int c = 0; c < cells.count(); c++) {
                assertThat(cells.starts()[c + 1]).isGreaterThan(cells.starts()[c]);
                for (int i = cells.starts()[c]; i < cells.starts()[c + 1]; i++) {
                    assertThat(cellOf[members[i]]).isEqualTo(c);
                    assertThat(i == cells.starts()[c] || members[i] > members[i - 1])
                            .isTrue();
                }
            }
        }
    }

    @Test
    void neighboursAreSeenFromTheirCentreWithGradientToBoth() {
        int[] offsets = {0, 11};
        Points p = moving(spread(11, 3, 9), 3, offsets);
        Points q = moving(spread(4, 3, 10), 3, new int[] {0, 4});
        Neighbours found = near.nearest(p, q, 5);
        int[] index = found.index().toArray();
        float[] values = near.group(p.rows(), q.rows(), found, 0.5).toArray();
        float[] points = p.rows().toArray();
        float[] centres = q.rows().toArray();
        for (int i = 0; i < 60; i++) {
            float expected = (points[3 * index[i / 3] + i % 3] - centres[i / 15 * 3 + i % 3]) / 0.5f;
            assertThat(values[i]).isEqualTo(expected);
        }
        GradientCheck.check(() -> near.group(p.rows(), q.rows(), found, 0.5), List.of(p.rows(), q.rows()));
    }

    @Test
    void distancesHaveGradientsToBothSidesAndNoneWhereThereIsNoNeighbour() {
        // Distances so far apart that a step of the check does not change which neighbour comes first.
        Points p = moving(new float[] {1, 0.5f, 0, 2, 0, 0.5f, 0, 4, 1, 1, 0, 8}, 3, new int[] {0, 4});
        Points q = moving(new float[] {0, 0, 0.25f, 0.25f, 0, 0, -0.5f, 0, 0}, 3, new int[] {0, 3});
        GradientCheck.check(() -> near.distances(p, q, near.nearest(p, q, 4)), List.of(p.rows(), q.rows()));
        p.rows().clearGrad();
        Neighbours many = near.nearest(p, q, 6);
        Tensor squared = near.distances(p, q, many);
        Tensor seed = engine.zeros(3, 6);
        seed.edit(values -> Arrays.fill(values, 1f));
        squared.backward(seed);
        for (float value : p.rows().grad().orElseThrow().toArray()) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void weightsAddUpToOneAndAnInfiniteDistanceWeighsNothing() {
        float infinite = Float.POSITIVE_INFINITY;
        Tensor squared = engine.wrap(new float[] {1, 4, 16, 0, 1, 1, 2, infinite, infinite}, 3, 3);
        float[] w = near.weights(squared).toArray();
        double[] expected = {4 / 7.0, 2 / 7.0, 1 / 7.0, 1, 1e-8, 1e-8, 1, 0, 0};
        for (int i = 0; i < 9; i++) {
            assertThat((double) w[i]).as("weight %d", i).isCloseTo(expected[i], within(1e-6));
        }
        Tensor leaf = GradientCheck.leaf(engine, new float[] {0.5f, 1.5f, 2.5f, 1, 2, 3}, 2, 3);
        GradientCheck.check(() -> near.weights(leaf), List.of(leaf));
    }

    @Test
    void interpolationHasGradientsToFeaturesAndToMovedPositions() {
        Points known = moving(spread(9, 3, 13), 3, new int[] {0, 9});
        Points queries = moving(spread(5, 3, 14), 3, new int[] {0, 5});
        Tensor features = GradientCheck.leaf(engine, Numbers.normal(18, 15), 9, 2);
        Neighbours found = near.nearest(known, queries, 3);
        int[] index = found.index().toArray();
        float[] w = near.weights(found.squared()).toArray();
        float[] x = features.toArray();
        float[] y = near.interpolate(features, known, queries, found).toArray();
        for (int i = 0; i < y.length; i++) {
            double expected = 0;
            for (int j = 0; j < 3; j++) {
                expected += (double) w[i / 2 * 3 + j] * x[2 * index[i / 2 * 3 + j] + i % 2];
            }
            assertThat((double) y[i]).isCloseTo(expected, within(1e-5));
        }
        // Positions are found again at every step; nobody is so near the border between neighbours that those change.
        GradientCheck.check(
                () -> near.interpolate(features, known, queries, near.nearest(known, queries, 9)),
                List.of(features, known.rows(), queries.rows()));
    }

    private Points moving(float[] values, int columns, int[] offsets) {
        return new Points(GradientCheck.leaf(engine, values, values.length / columns, columns), offsets);
    }

    @Test
    void resultsDoNotDependOnThreads() {
        float[] alone = everything(1);
        for (int threads : new int[] {2, 5}) {
            assertThat(everything(threads)).isEqualTo(alone);
        }
    }

    private float[] everything(int threads) {
        try (TensorEngine other = engine(threads)) {
            Neighbourhoods with = new Neighbourhoods(other);
            int n = 700;
            Points p = new Points(GradientCheck.leaf(other, spread(n, 3, 16), n, 3), new int[] {0, 300, n});
            Tensor features = GradientCheck.leaf(other, Numbers.normal(5 * n, 17), n, 5);
            Neighbours found = with.nearest(p, p, 6);
            Neighbours similar = with.nearest(p.with(features), p.with(features), 6);
            Tensor y = with.interpolate(features, p, p, found);
            Tensor edges = with.group(y, y, similar, 1);
            Tensor loss = edges.multiply(edges).sum();
            float value = loss.item();
            loss.backward();
            float[] toPositions = p.rows().grad().orElseThrow().toArray();
            float[] toFeatures = features.grad().orElseThrow().toArray();
            float[] all = Arrays.copyOf(toPositions, toPositions.length + toFeatures.length + 1);
            System.arraycopy(toFeatures, 0, all, toPositions.length, toFeatures.length);
            all[all.length - 1] = value;
            return all;
        }
    }

    @Test
    void queriesInASceneWithoutPointsAreRefusedWithItsNumber() {
        Points p = points(spread(4, 3, 18), 3, new int[] {0, 4, 4});
        Points q = points(spread(2, 3, 19), 3, new int[] {0, 1, 2});
        assertThatThrownBy(() -> near.nearest(p, q, 1)).hasMessageContaining("scene 1 of the batch has 1 queries");
        assertThatThrownBy(() -> near.within(p, q, 1, 1)).hasMessageContaining("scene 1 of the batch has 1 queries");
        assertThatThrownBy(() -> near.farthest(p, new int[] {1, 1}))
                .hasMessageContaining("cannot pick 1 points from scene 1");
    }

    @Test
    void aSceneTooWideForItsCellsIsRefusedWithItsWidth() {
        Points p = points(new float[] {0, 0, 0, 70000, 0, 0}, 3, new int[] {0, 2});
        assertThatThrownBy(() -> near.order(p, 1, Curve.HILBERT)).hasMessageContaining("70000.0 m wide");
        assertThatThrownBy(() -> near.cells(p, 1)).hasMessageContaining("70000.0 m wide");
    }
}
