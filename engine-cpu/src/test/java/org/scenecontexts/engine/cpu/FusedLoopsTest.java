package org.scenecontexts.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.dense.Loops;
import org.scenecontexts.engine.cpu.gemm.ScalarGemm;
import org.scenecontexts.engine.cpu.vector.VectorDenseKernels;
import org.scenecontexts.testkit.HostDense;
import org.scenecontexts.testkit.KernelTour;
import org.scenecontexts.testkit.Numbers;

/** Plain loops stand in for vector loops while those are not compiled: nobody may see a difference in a result. */
class FusedLoopsTest {

    private static final int ROWS = 37;
    private static final float[] NONE = {};

    private final Loops vector = VectorDenseKernels.loops();
    private final Loops plain = Loops.fused(VectorDenseKernels.vectorBits() / Float.SIZE);

    @Test
    void everyKernelWritesTheSameBits() {
        List<float[]> one = tour(() -> vector);
        List<float[]> other = tour(() -> plain);
        for (int i = 0; i < one.size(); i++) {
            assertSameBits(other.get(i), one.get(i));
        }
    }

    private static List<float[]> tour(Supplier<Loops> loops) {
        return KernelTour.run(new HostDense(new VectorDenseKernels(Parallel.sequential(), new ScalarGemm(), loops)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 13, 16, 33, 70})
    void columnLoopsWriteTheSameBitsForAnyNumberOfColumnsAndOddNumbers(int columns) {
        int n = ROWS * columns;
        float[] x = odd(n, 1);
        float[] y = odd(n, 2);
        float[] g = odd(n, 3);
        float[] row = odd(3 * columns, 4);
        for (boolean relu : new boolean[] {true, false}) {
            for (float[] residual : List.of(NONE, y)) {
                float[] a = new float[n];
                float[] b = new float[n];
                plain.columns().normalize(0, ROWS, 0, columns, x, row, row, row, residual, relu, a);
                vector.columns().normalize(0, ROWS, 0, columns, x, row, row, row, residual, relu, b);
                assertSameBits(a, b);
            }
            for (boolean writes : new boolean[] {true, false}) {
                float[] a = writes ? new float[n] : NONE;
                float[] b = writes ? new float[n] : NONE;
                float[] sums = new float[3 * columns];
                float[] others = new float[3 * columns];
                plain.columns().normSums(0, ROWS, 0, columns, x, y, g, row, relu, a, sums, columns);
                vector.columns().normSums(0, ROWS, 0, columns, x, y, g, row, relu, b, others, columns);
                assertSameBits(a, b);
                assertSameBits(sums, others);
            }
            float[] a = new float[n];
            float[] b = new float[n];
            plain.columns().normGradient(0, ROWS, 0, columns, x, y, g, row, relu, row, a);
            vector.columns().normGradient(0, ROWS, 0, columns, x, y, g, row, relu, row, b);
            assertSameBits(a, b);
        }
        float[] sums = new float[3 * columns];
        float[] others = new float[3 * columns];
        plain.columns().centredSums(0, ROWS, 0, columns, x, sums, 0, columns);
        vector.columns().centredSums(0, ROWS, 0, columns, x, others, 0, columns);
        assertSameBits(sums, others);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 13, 16, 33, 70})
    void rowLoopsWriteTheSameBitsForAnyNumberOfColumns(int columns) {
        int n = ROWS * columns;
        float[] x = Numbers.normal(n, 5);
        x[n / 2] = -200;
        float[] a = new float[n];
        float[] b = new float[n];
        plain.rows().softmax(0, ROWS, columns, x, a);
        vector.rows().softmax(0, ROWS, columns, x, b);
        assertSameBits(a, b);
        plain.rows().normalizeRows(0, ROWS, columns, x, new float[ROWS], a);
        vector.rows().normalizeRows(0, ROWS, columns, x, new float[ROWS], b);
        assertSameBits(a, b);
        int[] winner = new int[n];
        int[] other = new int[n];
        float[] odd = odd(n, 6);
        plain.rows().groupMax(0, ROWS / 3, 3, columns, odd, a, winner);
        vector.rows().groupMax(0, ROWS / 3, 3, columns, odd, b, other);
        assertSameBits(a, b);
        assertThat(other).isEqualTo(winner);
    }

    /** Random numbers among which are zeros of both signs, infinities and not-a-numbers. */
    private static float[] odd(int n, int seed) {
        Random random = new Random(seed);
        float[] special = {0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.MIN_VALUE};
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] =
                    random.nextInt(40) == 0 ? special[random.nextInt(special.length)] : (float) random.nextGaussian();
        }
        return numbers;
    }

    private static void assertSameBits(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(Float.floatToIntBits(found[i]))
                    .as("value %d: %s and %s", i, found[i], expected[i])
                    .isEqualTo(Float.floatToIntBits(expected[i]));
        }
    }
}
