package org.scenecontexts.sparseconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;
import org.scenecontexts.sparseconv.map.Voxels;

/** What every implementation has to hold; each is a subclass. */
abstract class SparseConvKernelsTest {

    private static final Parallel ONE = Parallel.sequential();

    abstract SparseConvKernels kernels(Parallel parallel);

    private HostConv kernels() {
        return new HostConv(this::kernels);
    }

    enum Shape {
        CUBE_3,
        CUBE_5,
        DOWN,
        UP;

        KernelMap map(int rows) {
            CoordinateSet set = CoordinateSet.sort(Voxels.random(rows, rows > 1000 ? 2 : 1, rows), 1)
                    .set();
            return switch (this) {
                case CUBE_3 -> KernelMaps.cube(set, 3, KernelLayout.MINKOWSKI_04_HYBRID);
                case CUBE_5 -> KernelMaps.cube(set, 5, KernelLayout.HYPERCUBE);
                case DOWN -> KernelMaps.strided(set, set.coarser());
                case UP -> KernelMaps.strided(set, set.coarser()).inverse();
            };
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(Shape.CUBE_3, 1, 1, 1),
                Arguments.of(Shape.CUBE_3, 13, 13, 7),
                Arguments.of(Shape.CUBE_3, 207, 3, 32),
                Arguments.of(Shape.CUBE_3, 207, 32, 3),
                Arguments.of(Shape.CUBE_3, 702, 16, 24),
                Arguments.of(Shape.CUBE_3, 702, 24, 8),
                Arguments.of(Shape.CUBE_3, 207, 33, 50),
                Arguments.of(Shape.CUBE_3, 13, 207, 13),
                Arguments.of(Shape.CUBE_3, 207, 300, 40),
                Arguments.of(Shape.CUBE_3, 13, 702, 17),
                Arguments.of(Shape.CUBE_3, 4098, 6, 16),
                Arguments.of(Shape.CUBE_3, 4098, 32, 32),
                Arguments.of(Shape.CUBE_5, 702, 3, 4),
                Arguments.of(Shape.DOWN, 1, 5, 5),
                Arguments.of(Shape.DOWN, 702, 13, 32),
                Arguments.of(Shape.DOWN, 4098, 16, 18),
                Arguments.of(Shape.UP, 1, 5, 5),
                Arguments.of(Shape.UP, 702, 32, 13),
                Arguments.of(Shape.UP, 4098, 12, 16));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void forwardEqualsTheSumOverPairs(Shape shape, int rows, int cin, int cout) {
        Fixture f = new Fixture(shape.map(rows), cin, cout);
        float[] out = f.dirty(f.map.outRows() * cout);
        kernels().forward(f.map, f.in, cin, f.weights, cout, out, ONE);
        assertClose(out, f.naive(true, false, false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inputGradientEqualsTheSumOverPairs(Shape shape, int rows, int cin, int cout) {
        Fixture f = new Fixture(shape.map(rows), cin, cout);
        float[] gradIn = f.dirty(f.map.inRows() * cin);
        kernels().inputGradient(f.map, f.gradOut, cout, f.weights, cin, gradIn, ONE);
        assertClose(gradIn, f.naive(false, true, false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void weightGradientEqualsTheSumOverPairs(Shape shape, int rows, int cin, int cout) {
        Fixture f = new Fixture(shape.map(rows), cin, cout);
        float[] gradWeights = f.dirty(f.weights.length);
        kernels().weightGradient(f.map, f.in, cin, f.gradOut, cout, gradWeights, ONE);
        assertClose(gradWeights, f.naive(false, false, true));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsAreBitIdenticalForEveryNumberOfThreads(Shape shape, int rows, int cin, int cout) {
        Fixture f = new Fixture(shape.map(rows), cin, cout);
        float[][] expected = all(f, ONE);
        for (int threads = 2; threads <= 3; threads++) {
            float[][] results = all(f, new Threads(threads));
            for (int i = 0; i < 3; i++) {
                assertThat(Arrays.mismatch(results[i], expected[i])).isEqualTo(-1);
            }
        }
    }

    @Test
    void manyBlocksSumTheSameOnEveryNumberOfThreads() {
        // More than 64 blocks, so that the weight gradient is summed in parts.
        Fixture f = new Fixture(Shape.CUBE_3.map(40_000), 8, 8);
        float[][] expected = all(f, ONE);
        float[][] results = all(f, new Threads(3));
        for (int i = 0; i < 3; i++) {
            assertThat(Arrays.mismatch(results[i], expected[i])).isEqualTo(-1);
        }
        assertClose(expected[2], f.naive(false, false, true));
    }

    @Test
    void gradientsAgreeWithFiniteDifferences() {
        Fixture f = new Fixture(Shape.CUBE_3.map(207), 5, 6);
        float[][] results = all(f, ONE);
        Random random = new Random(5);
        for (int trial = 0; trial < 20; trial++) {
            int i = random.nextInt(f.in.length);
            assertThat((double) results[1][i]).isCloseTo(slope(f, f.in, i), org.assertj.core.data.Offset.offset(2e-2));
            int w = random.nextInt(f.weights.length);
            assertThat((double) results[2][w])
                    .isCloseTo(slope(f, f.weights, w), org.assertj.core.data.Offset.offset(2e-2));
        }
    }

    @Test
    void nothingComesOutOfNothing() {
        CoordinateSet empty = CoordinateSet.sort(new int[0], 1).set();
        KernelMap map = KernelMaps.cube(empty, 3, KernelLayout.HYPERCUBE);
        float[] gradWeights = new float[27 * 4 * 20];
        Arrays.fill(gradWeights, 7);
        kernels().forward(map, new float[0], 4, gradWeights.clone(), 20, new float[0], ONE);
        kernels().weightGradient(map, new float[0], 4, new float[0], 20, gradWeights, ONE);
        assertThat(gradWeights).containsOnly(0);
    }

    @Test
    void rowsWithoutAnyPairBecomeZero() {
        CoordinateSet fine = CoordinateSet.sort(Voxels.random(702, 1, 4), 1).set();
        CoordinateSet strangers =
                CoordinateSet.sort(new int[] {0, 4000, 4000, 4000}, 2).set();
        KernelMap map = KernelMaps.strided(fine, strangers);
        float[] out = new float[19];
        Arrays.fill(out, 7);
        kernels().forward(map, new float[702 * 3], 3, new float[8 * 3 * 19], 19, out, ONE);
        assertThat(out).containsOnly(0);
        float[] gradIn = new float[702 * 3];
        Arrays.fill(gradIn, 7);
        kernels().inputGradient(map, out, 19, new float[8 * 3 * 19], 3, gradIn, ONE);
        assertThat(gradIn).containsOnly(0);
    }

    @Test
    void longerArraysAreUsedInTheirLeadingPartOnly() {
        Fixture f = new Fixture(Shape.CUBE_3.map(207), 4, 20);
        float[] exact = new float[207 * 20];
        kernels().forward(f.map, f.in, 4, f.weights, 20, exact, ONE);
        float[] longer = new float[207 * 20 + 100];
        Arrays.fill(longer, 7);
        kernels().forward(f.map, Arrays.copyOf(f.in, f.in.length + 9), 4, f.weights, 20, longer, ONE);
        assertThat(Arrays.copyOf(longer, exact.length)).containsExactly(exact);
        assertThat(Arrays.copyOfRange(longer, exact.length, longer.length)).containsOnly(7);
    }

    @Test
    void shortArrayIsNamedWithBothLengths() {
        KernelMap map = Shape.CUBE_3.map(13);
        assertThatThrownBy(() ->
                        kernels().forward(map, new float[13 * 4], 4, new float[27 * 4 * 8], 8, new float[100], ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output array")
                .hasMessageContaining("100")
                .hasMessageContaining("13 x 8 = 104");
    }

    private float[][] all(Fixture f, Parallel parallel) {
        float[] out = f.dirty(f.map.outRows() * f.cout);
        float[] gradIn = f.dirty(f.map.inRows() * f.cin);
        float[] gradWeights = f.dirty(f.weights.length);
        kernels().forward(f.map, f.in, f.cin, f.weights, f.cout, out, parallel);
        kernels().inputGradient(f.map, f.gradOut, f.cout, f.weights, f.cin, gradIn, parallel);
        kernels().weightGradient(f.map, f.in, f.cin, f.gradOut, f.cout, gradWeights, parallel);
        return new float[][] {out, gradIn, gradWeights};
    }

    /** Slope of the inner product of output and gradOut along one value. */
    private double slope(Fixture f, float[] values, int i) {
        float kept = values[i];
        double step = 0.25;
        values[i] = (float) (kept + step);
        double up = f.inner(forward(f));
        values[i] = (float) (kept - step);
        double down = f.inner(forward(f));
        values[i] = kept;
        return (up - down) / (2 * step);
    }

    private float[] forward(Fixture f) {
        float[] out = new float[f.map.outRows() * f.cout];
        kernels().forward(f.map, f.in, f.cin, f.weights, f.cout, out, ONE);
        return out;
    }

    /** Agreement within 1e-5 of the largest value. */
    static void assertClose(float[] actual, double[] expected) {
        double scale = 1e-30;
        double worst = 0;
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isFinite();
            scale = Math.max(scale, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        assertThat(worst / scale).isLessThan(1e-5);
    }

    private static final class Fixture {
        final KernelMap map;
        final int cin;
        final int cout;
        final float[] in;
        final float[] weights;
        final float[] gradOut;
        private final Random random = new Random(11);

        Fixture(KernelMap map, int cin, int cout) {
            this.map = map;
            this.cin = cin;
            this.cout = cout;
            in = values(map.inRows() * cin);
            weights = values(map.lists() * cin * cout);
            gradOut = values(map.outRows() * cout);
        }

        private float[] values(int n) {
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = random.nextFloat() - 0.5f;
            }
            return values;
        }

        /** An array full of what must not survive. */
        float[] dirty(int n) {
            float[] values = new float[n];
            Arrays.fill(values, Float.NaN);
            return values;
        }

        double inner(float[] out) {
            double sum = 0;
            for (int i = 0; i < out.length; i++) {
                sum += (double) out[i] * gradOut[i];
            }
            return sum;
        }

        double[] naive(boolean forward, boolean input, boolean weight) {
            int n = forward ? map.outRows() * cout : input ? map.inRows() * cin : weights.length;
            double[] sum = new double[n];
            for (int block = 0; block < map.blocks(); block++) {
                for (int list = 0; list < map.lists(); list++) {
                    int slice = map.slice(list) * cin * cout;
                    for (int p = map.start(block, list); p < map.end(block, list); p++) {
                        int u = map.firstRow(block) + KernelMap.outRow(map.pair(block)[p]);
                        int v = KernelMap.inRow(map.pair(block)[p]);
                        for (int i = 0; i < cin; i++) {
                            for (int o = 0; o < cout; o++) {
                                int w = slice + i * cout + o;
                                if (forward) {
                                    sum[u * cout + o] += (double) in[v * cin + i] * weights[w];
                                } else if (input) {
                                    sum[v * cin + i] += (double) gradOut[u * cout + o] * weights[w];
                                } else if (weight) {
                                    sum[w] += (double) in[v * cin + i] * gradOut[u * cout + o];
                                }
                            }
                        }
                    }
                }
            }
            return sum;
        }
    }
}
