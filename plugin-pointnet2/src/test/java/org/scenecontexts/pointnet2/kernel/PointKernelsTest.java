package org.scenecontexts.pointnet2.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

/** What every implementation of the point operators must do; one subclass per implementation. */
abstract class PointKernelsTest {

    private static final HostPoints PLAIN = new HostPoints(new ScalarPointKernels());

    abstract PointKernels kernels();

    private HostPoints host() {
        return new HostPoints(kernels());
    }

    // ---- farthest point sampling --------------------------------------------------------------------------------

    @Test
    void samplesThePublishedPoints() {
        try (Npz golden = Npz.open(TestFiles.golden("pointnet2_ops.npz"))) {
            assertThat(farthest(published(golden, "xyz"), 256, true))
                    .containsExactly(stacked(golden.get("fps_256").ints(), 256, 2000));
        }
    }

    @Test
    void breaksTiesOfALatticeAsThePublishedReductionDoes() {
        try (Npz golden = Npz.open(TestFiles.golden("pointnet2_ops.npz"))) {
            assertThat(farthest(published(golden, "grid_xyz"), 100, true))
                    .containsExactly(golden.get("grid_fps_100_ties").ints());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 31, 32, 33, 100, 511, 512, 513, 1500})
    void samplesLikeThePlainSearch(int n) {
        for (Cloud cloud : Cloud.values()) {
            for (boolean skip : new boolean[] {false, true}) {
                PointSets points = cloud.points(n, 7);
                int picks = Math.min(n + 3, 200);
                int[] expected = new int[picks * points.scenes()];
                PLAIN.farthestPoints(points, picks, skip, expected);

                assertThat(farthest(points, picks, skip)).as(cloud + " " + skip).containsExactly(expected);
            }
        }
    }

    @Test
    void repeatsPointsWhereMoreAreWantedThanThereAre() {
        assertThat(farthest(PointSets.of(new float[] {1, 0, 0, 3, 0, 0, 2, 0, 0}), 5, false))
                .containsExactly(0, 1, 2, 0, 0);
    }

    @Test
    void leavesOutPointsNearTheOriginOnlyWhenAsked() {
        PointSets points = PointSets.of(new float[] {5, 0, 0, 0.01f, 0, 0, 4, 0, 0});

        assertThat(farthest(points, 2, false)).containsExactly(0, 1);
        assertThat(farthest(points, 2, true)).containsExactly(0, 2);
    }

    @Test
    void takesTheFirstPointWhereAllOthersAreLeftOut() {
        assertThat(farthest(PointSets.of(new float[] {0.01f, 0, 0, 0, 0.01f, 0}), 3, true))
                .containsExactly(0, 0, 0);
    }

    @Test
    void samplesNothingFromNothing() {
        host().farthestPoints(new PointSets(new float[0], new int[] {0}), 4, true, new int[0]);
        host().farthestPoints(PointSets.of(new float[0]), 0, true, new int[0]);
    }

    @Test
    void refusesToSampleAnEmptyScene() {
        assertThatThrownBy(() -> farthest(PointSets.of(new float[0]), 4, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot sample 4 points from scene 0");
    }

    // ---- ball query ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"0.2_64", "0.4_32", "1.2_16"})
    void findsThePublishedNeighbours(String setting) {
        String[] parts = setting.split("_", -1);
        int samples = Integer.parseInt(parts[1]);
        try (Npz golden = Npz.open(TestFiles.golden("pointnet2_ops.npz"))) {
            PointSets centres = published(golden, "new_xyz");
            // When the file was made, the sixth centre of each scene lay far off, to show what an empty ball gives; it
            // was
            // moved back before it was stored: only this one differs from its sampled point, by rounding.
            centres.array()[3 * 5] += 100;
            centres.array()[3 * (256 + 5)] += 100;

            int[] found = ball(published(golden, "xyz"), centres, Float.parseFloat(parts[0]), samples);

            assertThat(found)
                    .containsExactly(stacked(golden.get("ball_" + setting).ints(), 256 * samples, 2000));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 63, 64, 65, 700})
    void findsTheNeighboursOfThePlainSearch(int n) {
        for (Cloud cloud : Cloud.values()) {
            for (float radius : new float[] {0.05f, 0.25f, 1, 10}) {
                PointSets points = cloud.points(n, 7);
                PointSets centres = cloud.points(90, 8);
                int[] expected = new int[centres.rows() * 9];
                PLAIN.ballQuery(points, centres, radius, 9, expected);

                assertThat(ball(points, centres, radius, 9))
                        .as(cloud + " " + radius)
                        .containsExactly(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 64, 100})
    void findsTheNeighboursOfThePlainSearchInManyPoints(int samples) {
        for (Cloud cloud : Cloud.values()) {
            PointSets points = cloud.points(4500, 5);
            PointSets centres = cloud.points(12, 6);
            for (float radius : new float[] {0.02f, 0.1f, 0.2f, 0.25f, 0.4f, 0.8f, 3}) {
                int[] expected = new int[centres.rows() * samples];
                PLAIN.ballQuery(points, centres, radius, samples, expected);

                assertThat(ball(points, centres, radius, samples))
                        .as(cloud + " " + radius)
                        .containsExactly(expected);
            }
        }
    }

    @Test
    void findsTheNeighboursOfThePlainSearchFarOutsideTheScene() {
        PointSets points = Cloud.ROOM.points(200, 7);
        float[] xyz = new float[3 * 20];
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] = (i * 7 % 11 - 5) * (i < 30 ? 0.5f : 1e6f);
        }
        PointSets centres = new PointSets(xyz, new int[] {0, 10, 20});
        for (float radius : new float[] {1e-6f, 0.3f, 100, 3e6f}) {
            int[] expected = new int[20 * 8];
            PLAIN.ballQuery(points, centres, radius, 8, expected);

            assertThat(ball(points, centres, radius, 8)).as("radius " + radius).containsExactly(expected);
        }
    }

    @Test
    void leavesOutPointsExactlyOnTheRadius() {
        PointSets points = PointSets.of(new float[] {1, 0, 0, 0, 0.5f, 0, 0, 0, -1});

        assertThat(ball(points, PointSets.of(new float[3]), 1, 3)).containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void roundsLikeThePlainSearchWhereAPointIsOnTheRadius(long seed) {
        PointSets points = Cloud.ROOM.points(300, seed);
        PointSets centres = points.select(new int[] {17, 400}, 1);
        for (int other = 0; other < 300; other += 23) {
            float distance =
                    (float) Math.sqrt(ScalarPointKernels.squaredDistance(points.array(), 17, points.array(), other));
            for (float radius : new float[] {Math.nextDown(distance), distance, Math.nextUp(distance)}) {
                if (radius > 0) {
                    int[] expected = new int[2 * 300];
                    PLAIN.ballQuery(points, centres, radius, 300, expected);

                    assertThat(ball(points, centres, radius, 300))
                            .as("radius " + radius)
                            .containsExactly(expected);
                }
            }
        }
    }

    @Test
    void fillsWithTheFirstHitAndTakesHitsInOrder() {
        PointSets points = PointSets.of(new float[] {9, 0, 0, 0.3f, 0, 0, 0.1f, 0, 0, 0.2f, 0, 0});

        assertThat(ball(points, PointSets.of(new float[3]), 1, 5)).containsExactly(1, 2, 3, 1, 1);
        assertThat(ball(points, PointSets.of(new float[3]), 1, 2)).containsExactly(1, 2);
    }

    @Test
    void givesTheFirstPointOfTheSceneWhereNothingIsNear() {
        PointSets points = new PointSets(new float[] {9, 0, 0, 8, 0, 0, 7, 0, 0}, new int[] {0, 1, 3});
        PointSets centres = new PointSets(new float[6], new int[] {0, 1, 2});

        assertThat(ball(points, centres, 1, 2)).containsExactly(0, 0, 1, 1);
    }

    @Test
    void refusesCentresWithoutPoints() {
        assertThatThrownBy(() -> ball(PointSets.of(new float[0]), PointSets.of(new float[3]), 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 queries but no points");
        assertThat(ball(PointSets.of(new float[0]), PointSets.of(new float[0]), 1, 2))
                .isEmpty();
    }

    // ---- three nearest ------------------------------------------------------------------------------------------

    @Test
    void findsThePublishedThreeNearest() {
        try (Npz golden = Npz.open(TestFiles.golden("pointnet2_ops.npz"))) {
            PointSets queries = published(golden, "xyz");
            int[] index = new int[3 * queries.rows()];
            float[] squared = new float[3 * queries.rows()];

            host().threeNearest(published(golden, "three_nn_known"), queries, index, squared);

            assertThat(index).containsExactly(stacked(golden.get("three_nn_idx").ints(), 6000, 256));
            assertThat(squared).containsExactly(golden.get("three_nn_dist2").floats());
            assertClose(
                    host().inverseDistanceWeights(queries.rows(), squared),
                    golden.get("interp_weight").floats());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 50, 333})
    void findsTheThreeNearestOfThePlainSearch(int n) {
        for (Cloud cloud : Cloud.values()) {
            for (Cloud asking : Cloud.values()) {
                PointSets known = cloud.points(n, 7);
                PointSets queries = asking.points(120, 8);
                int[] expected = new int[3 * queries.rows()];
                float[] expectedSquared = new float[expected.length];
                PLAIN.threeNearest(known, queries, expected, expectedSquared);
                int[] index = new int[expected.length];
                float[] squared = new float[expected.length];

                host().threeNearest(known, queries, index, squared);

                assertThat(index).as(cloud + " asked by " + asking).containsExactly(expected);
                assertThat(squared).containsExactly(expectedSquared);
            }
        }
    }

    @Test
    void prefersTheEarlierOfEquallyNearPoints() {
        PointSets known = PointSets.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0});
        int[] index = new int[3];

        host().threeNearest(known, PointSets.of(new float[3]), index, new float[3]);

        assertThat(index).containsExactly(0, 1, 2);
    }

    @Test
    void givesNoWeightToNeighboursThatDoNotExist() {
        int[] index = new int[3];
        float[] squared = new float[3];

        host().threeNearest(PointSets.of(new float[] {0, 2, 0}), PointSets.of(new float[3]), index, squared);

        assertThat(index).containsExactly(0, 0, 0);
        assertThat(host().inverseDistanceWeights(1, squared)).containsExactly(1, 0, 0);
    }

    // ---- grouping and interpolation -----------------------------------------------------------------------------

    @Test
    void groupsAndSendsGradientsBackAsPublished() {
        try (Npz golden = Npz.open(TestFiles.golden("pointnet2_ops.npz"))) {
            PointSets points = published(golden, "xyz");
            float[] features = rows(golden.get("features").floats(), 2, 7, 2000);
            int[] ball = stacked(golden.get("ball_0.4_32").ints(), 256 * 32, 2000);
            PointSets centres = published(golden, "new_xyz");
            float[] grouped = new float[2 * 256 * 32 * 10];

            host().group(points, centres, 32, ball, 1, 7, features, grouped);

            // The file keeps the first 32 of 256 centres of the output and the first 64 of the gradient.
            float[] published = rows(golden.get("group_0.4_32").floats(), 2, 7, 32 * 32);
            for (int b = 0; b < 2; b++) {
                for (int i = 0; i < 32 * 32; i++) {
                    for (int c = 0; c < 7; c++) {
                        assertThat(grouped[(b * 256 * 32 + i) * 10 + 3 + c])
                                .isEqualTo(published[(b * 32 * 32 + i) * 7 + c]);
                    }
                }
            }
            float[] publishedGrad = rows(golden.get("group_grad_out").floats(), 2, 7, 64 * 32);
            int[] index = new int[2 * 64 * 32];
            float[] gradOut = new float[index.length * 10];
            for (int i = 0; i < index.length; i++) {
                index[i] = ball[i / (64 * 32) * 256 * 32 + i % (64 * 32)];
                System.arraycopy(publishedGrad, i * 7, gradOut, i * 10 + 3, 7);
            }
            float[] gradient = new float[4000 * 7];
            host().groupBackward(index.length, 4000, index, 7, gradOut, gradient);
            assertClose(gradient, rows(golden.get("group_grad").floats(), 2, 7, 2000));
        }
    }

    @Test
    void putsRelativePositionsInUnitsOfTheScaleFirst() {
        float[] out = new float[8];

        host().group(
                        PointSets.of(new float[] {1, 2, 3, 4, 6, 8}),
                        PointSets.of(new float[] {1, 2, 3}),
                        2,
                        new int[] {1, 0},
                        2,
                        1,
                        new float[] {10, 20},
                        out);

        assertThat(out).containsExactly(1.5f, 2, 2.5f, 20, 0, 0, 0, 10);
    }

    @Test
    void interpolatesAndSendsGradientsBackAsPublished() {
        try (Npz golden = Npz.open(TestFiles.golden("pointnet2_ops.npz"))) {
            int[] index = stacked(golden.get("three_nn_idx").ints(), 6000, 256);
            float[] weights = golden.get("interp_weight").floats();
            float[] known = rows(golden.get("interp_known_feats").floats(), 2, 7, 256);
            float[] out = new float[4000 * 7];

            host().interpolate(4000, 7, index, weights, known, out);
            assertClose(out, rows(golden.get("interp_out").floats(), 2, 7, 2000));

            float[] gradient = new float[512 * 7];
            float[] gradOut = rows(golden.get("interp_grad_out").floats(), 2, 7, 2000);
            host().interpolateBackward(4000, 512, 7, index, weights, gradOut, gradient);
            assertClose(gradient, rows(golden.get("interp_grad").floats(), 2, 7, 256));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void gradientsOfGroupingAndInterpolationAreThoseOfFiniteDifferences(int channels) {
        Random random = new Random(channels);
        PointSets points = Cloud.ROOM.points(20, 3);
        int rows = points.rows();
        float[] features = uniform(random, rows * channels);
        int[] index = random.ints(3L * rows, 0, rows).toArray();
        float[] weights = uniform(random, 3 * rows);
        float[] gradGroup = uniform(random, 3 * rows * (3 + channels));
        float[] gradInterpolated = uniform(random, rows * channels);
        float[] groupGradient = new float[features.length];
        float[] interpolationGradient = new float[features.length];
        host().groupBackward(3 * rows, rows, index, channels, gradGroup, groupGradient);
        host().interpolateBackward(rows, rows, channels, index, weights, gradInterpolated, interpolationGradient);

        for (int i = 0; i < features.length; i += 7) {
            double[] slopes = new double[2];
            for (int sign = -1; sign <= 1; sign += 2) {
                float[] moved = features.clone();
                moved[i] += sign * 0.5f;
                float[] grouped = new float[gradGroup.length];
                float[] interpolated = new float[gradInterpolated.length];
                host().group(points, points, 3, index, 1, channels, moved, grouped);
                host().interpolate(rows, channels, index, weights, moved, interpolated);
                slopes[0] += sign * dot(grouped, gradGroup);
                slopes[1] += sign * dot(interpolated, gradInterpolated);
            }
            assertThat((double) groupGradient[i]).isCloseTo(slopes[0], within(1e-4));
            assertThat((double) interpolationGradient[i]).isCloseTo(slopes[1], within(1e-4));
        }
    }

    @Test
    void doesNothingWithNothing() {
        PointSets none = PointSets.of(new float[0]);
        float[] gradient = {1, 2};

        host().group(none, none, 4, new int[0], 1, 0, new float[0], new float[0]);
        host().interpolate(0, 3, new int[0], new float[0], new float[0], new float[0]);
        host().threeNearest(none, none, new int[0], new float[0]);
        host().groupBackward(0, 2, new int[0], 1, new float[0], gradient);

        assertThat(gradient).containsExactly(0, 0);
    }

    // ---- helpers ------------------------------------------------------------------------------------------------

    /** Shapes that searches meet: two scenes each, the second with one point more. */
    enum Cloud {
        ROOM,
        LATTICE,
        DUPLICATES,
        CLUSTERS,
        ONE_PLACE,
        FAR_AWAY;

        PointSets points(int n, long seed) {
            Random random = new Random(seed);
            float[] xyz = new float[3 * (2 * n + 1)];
            for (int i = 0; i < xyz.length; i++) {
                xyz[i] = switch (this) {
                    case ROOM -> i % 3 == 2 && random.nextBoolean() ? 0 : (random.nextFloat() - 0.5f) * 3;
                    case LATTICE -> random.nextInt(5) * 0.25f;
                    case DUPLICATES -> i >= 9 && random.nextBoolean() ? xyz[i % 3] : random.nextFloat();
                    case CLUSTERS -> (i / 3 * 31 % 4) * 2 + (i / 3 % 50 == 0 ? 0.5f : 0.03f) * random.nextFloat();
                    case ONE_PLACE -> 0.7f;
                    case FAR_AWAY -> 1000 + random.nextFloat() * (i % 3 == 0 ? 40 : 1);
                };
            }
            return new PointSets(xyz, new int[] {0, n, 2 * n + 1});
        }
    }

    private int[] farthest(PointSets points, int picks, boolean skip) {
        int[] out = new int[points.scenes() * picks];
        host().farthestPoints(points, picks, skip, out);
        return out;
    }

    private int[] ball(PointSets points, PointSets centres, float radius, int samples) {
        int[] out = new int[centres.rows() * samples];
        host().ballQuery(points, centres, radius, samples, out);
        return out;
    }

    private static PointSets published(Npz golden, String name) {
        float[] xyz = golden.get(name).floats();
        int[] offsets = new int[golden.get(name).dim(0) + 1];
        Arrays.setAll(offsets, b -> b * golden.get(name).dim(1));
        return new PointSets(xyz, offsets);
    }

    /** Indices within a scene as rows of the stack. */
    private static int[] stacked(int[] index, int perScene, int points) {
        int[] rows = new int[index.length];
        Arrays.setAll(rows, i -> index[i] + i / perScene * points);
        return rows;
    }

    /** {@code [B, C, N]} as {@code [B * N, C]}. */
    private static float[] rows(float[] published, int scenes, int channels, int n) {
        float[] rows = new float[published.length];
        for (int b = 0; b < scenes; b++) {
            for (int c = 0; c < channels; c++) {
                for (int i = 0; i < n; i++) {
                    rows[(b * n + i) * channels + c] = published[(b * channels + c) * n + i];
                }
            }
        }
        return rows;
    }

    private static void assertClose(float[] found, float[] expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-6f * Math.max(1, Math.abs(expected[i]))));
        }
    }

    private static float[] uniform(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
