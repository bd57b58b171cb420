package org.scenecontexts.sparseconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.sparseconv.grid.GridKernelProvider;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;
import org.scenecontexts.sparseconv.map.Voxels;
import org.scenecontexts.testkit.conformance.GridKernelsConformance;

/**
 * What every implementation has to hold; each is a subclass. The suite is that of the test kit, through the grids of the API;
 * here stands what only this plugin's own maps have: other layouts of weights, and rows without pairs.
 */
abstract class SparseConvKernelsTest extends GridKernelsConformance {

    private static final Parallel ONE = Parallel.sequential();

    abstract SparseConvKernels kernels(Parallel parallel);

    @Override
    protected TensorEngine engine(int threads) {
        return new CpuEngine(threads, List.of(new Offered(this::kernels), new GridKernelProvider()));
    }

    /** The kernels under test, as a plugin would bring them. */
    private record Offered(Function<Parallel, SparseConvKernels> kernels) implements KernelProvider<SparseConvKernels> {

        @Override
        public Class<SparseConvKernels> type() {
            return SparseConvKernels.class;
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public SparseConvKernels create(TensorEngine engine) {
            return kernels.apply(engine.parallel());
        }
    }

    private HostConv kernels() {
        return new HostConv(this::kernels);
    }

    private static Fixture published(int cin, int cout) {
        CoordinateSet set = CoordinateSet.sort(Voxels.random(702, 1, 702), 1).set();
        return new Fixture(KernelMaps.cube(set, 3, KernelLayout.MINKOWSKI_04_HYBRID), cin, cout);
    }

    @Test
    void weightsOfThePublishedLayoutMeetTheSamePairs() {
        Fixture f = published(16, 24);
        float[] out = f.dirty(f.map.outRows() * f.cout);
        float[] gradIn = f.dirty(f.map.inRows() * f.cin);
        float[] gradWeights = f.dirty(f.weights.length);
        kernels().forward(f.map, f.in, f.cin, f.weights, f.cout, out, ONE);
        kernels().inputGradient(f.map, f.gradOut, f.cout, f.weights, f.cin, gradIn, ONE);
        kernels().weightGradient(f.map, f.in, f.cin, f.gradOut, f.cout, gradWeights, ONE);
        assertClose(out, f.naive(true, false, false));
        assertClose(gradIn, f.naive(false, true, false));
        assertClose(gradWeights, f.naive(false, false, true));
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
