package org.scenecontexts.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.DropoutKernels;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.LossKernels;
import org.scenecontexts.api.engine.kernel.NormKernels;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;

/**
 * What the kernel families of every engine do beyond what operators show: which buffers may be the same, how near functions
 * are to the truth far from zero, what becomes of numbers that are none, and which masks dropout draws.
 */
public abstract class FamilyConformance {

    private static final int ROWS = 60;
    private static final int COLUMNS = 11;
    private static final int N = ROWS * COLUMNS;

    private TensorEngine engine;

    /** An engine to check, which is closed afterwards. */
    protected abstract TensorEngine engine(int threads);

    @BeforeEach
    void open() {
        engine = engine(2);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static float[] numbers(long seed) {
        Random random = new Random(seed);
        float[] x = new float[N];
        for (int i = 0; i < N; i++) {
            x[i] = 0.3f + Math.abs((float) random.nextGaussian());
        }
        return x;
    }

    private Buffer buffer(float[] values) {
        return engine.bufferOf(values.clone());
    }

    private Groups ragged() {
        return Groups.ofSizes(engine, 7, 0, 40, 1, 12);
    }

    // ---- which buffers may be the same ----------------------------------------------------------------------------

    /**
     * A primitive gives the same bits in a buffer of its own as over its input.
     *
     * @param primitive reads the first, writes the second
     */
    private void assertMayWriteOver(String what, float[] input, BiConsumer<Buffer, Buffer> primitive) {
        Buffer own = engine.bufferOf(new float[N]);
        primitive.accept(buffer(input), own);
        Buffer shared = buffer(input);
        primitive.accept(shared, shared);
        assertThat(shared.toArray(N)).as(what).isEqualTo(own.toArray(N));
    }

    @ParameterizedTest
    @EnumSource
    void functionsMayWriteOverTheirInputs(Pointwise function) {
        PointwiseKernels kernels = engine.kernel(PointwiseKernels.class);
        float[] x = numbers(1);
        float[] g = numbers(2);
        assertMayWriteOver("values", x, (in, out) -> kernels.apply(function, N, 0.1f, in, out));
        assertMayWriteOver(
                "gradient over the gradient", g, (in, out) -> kernels.gradient(function, N, 0.1f, buffer(x), in, out));
        assertMayWriteOver(
                "gradient over what is known", x, (in, out) -> kernels.gradient(function, N, 0.1f, in, buffer(g), out));
    }

    @Test
    void arithmeticMayWriteOverItsInputs() {
        PointwiseKernels kernels = engine.kernel(PointwiseKernels.class);
        float[] x = numbers(1);
        float[] y = numbers(2);
        float[] z = numbers(3);
        assertMayWriteOver("shift", x, (in, out) -> kernels.shift(N, 0.7f, in, out));
        assertMayWriteOver("divide over x", x, (in, out) -> kernels.divide(N, in, buffer(y), out));
        assertMayWriteOver("divide over y", y, (in, out) -> kernels.divide(N, buffer(x), in, out));
        assertMayWriteOver("divisor", x, (in, out) -> kernels.divisorGradient(N, in, buffer(y), buffer(z), out));
    }

    @Test
    void groupsMayWriteOverTheirRows() {
        GroupKernels kernels = engine.kernel(GroupKernels.class);
        float[] x = numbers(1);
        float[] perGroup = Arrays.copyOf(numbers(2), 5 * COLUMNS);
        assertMayWriteOver("add", x, (in, out) -> kernels.add(ragged(), COLUMNS, in, buffer(perGroup), out));
        assertMayWriteOver("multiply", x, (in, out) -> kernels.multiply(ragged(), COLUMNS, in, buffer(perGroup), out));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void softmaxMayWriteOverItsInputs(boolean logarithm) {
        SoftmaxKernels kernels = engine.kernel(SoftmaxKernels.class);
        float[] x = numbers(1);
        float[] g = numbers(2);
        for (Groups groups : new Groups[] {ragged(), new Groups.Equal(N / COLUMNS, 1)}) {
            assertMayWriteOver("values", x, (in, out) -> kernels.softmax(groups, COLUMNS, logarithm, in, out));
            assertMayWriteOver(
                    "over y", x, (in, out) -> kernels.softmaxGradient(groups, COLUMNS, logarithm, in, buffer(g), out));
            assertMayWriteOver(
                    "over the gradient",
                    g,
                    (in, out) -> kernels.softmaxGradient(groups, COLUMNS, logarithm, buffer(x), in, out));
        }
    }

    @Test
    void normsMayWriteOverTheirInputs() {
        NormKernels kernels = engine.kernel(NormKernels.class);
        float[] x = numbers(1);
        float[] g = numbers(2);
        Buffer gamma = buffer(Arrays.copyOf(numbers(3), COLUMNS));
        Buffer mean = engine.bufferOf(new float[5]);
        Buffer inverse = engine.bufferOf(new float[5]);
        assertMayWriteOver(
                "values",
                x,
                (in, out) -> kernels.normalize(ragged(), COLUMNS, 1, 1e-5, in, gamma, Buffer.NONE, mean, inverse, out));
        assertMayWriteOver(
                "over x",
                x,
                (in, out) -> kernels.gradient(
                        ragged(), COLUMNS, 1, in, buffer(g), mean, inverse, gamma, out, Buffer.NONE, Buffer.NONE));
        assertMayWriteOver(
                "over the gradient",
                g,
                (in, out) -> kernels.gradient(
                        ragged(), COLUMNS, 1, buffer(x), in, mean, inverse, gamma, out, Buffer.NONE, Buffer.NONE));
    }

    @ParameterizedTest
    @EnumSource
    void lossesOfPairsMayWriteOverTheirInputs(LossKernels.Pair loss) {
        LossKernels kernels = engine.kernel(LossKernels.class);
        float[] x = numbers(1);
        float[] t = numbers(2);
        float[] g = numbers(3);
        assertMayWriteOver("over x", x, (in, out) -> kernels.pair(loss, N, 2, 0.25f, in, buffer(t), out));
        assertMayWriteOver("over the target", t, (in, out) -> kernels.pair(loss, N, 2, 0.25f, buffer(x), in, out));
        assertMayWriteOver(
                "gradient over x",
                x,
                (in, out) -> kernels.pairGradient(loss, N, 2, 0.25f, in, buffer(t), buffer(g), out));
        assertMayWriteOver(
                "gradient over the target",
                t,
                (in, out) -> kernels.pairGradient(loss, N, 2, 0.25f, buffer(x), in, buffer(g), out));
        assertMayWriteOver(
                "gradient over the gradient",
                g,
                (in, out) -> kernels.pairGradient(loss, N, 2, 0.25f, buffer(x), buffer(t), in, out));
    }

    // ---- functions far from zero ----------------------------------------------------------------------------------

    private static double truth(Pointwise function, double x) {
        return switch (function) {
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case SQRT -> Math.sqrt(x);
            case SQUARE -> x * x;
            case RECIPROCAL -> 1 / x;
            case ABS -> Math.abs(x);
            case SIGMOID -> Definitions.sigmoid(x);
            case TANH -> Math.tanh(x);
            case GELU -> x * Definitions.normal(x);
            case GELU_TANH -> x * Definitions.sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
            case SILU -> x * Definitions.sigmoid(x);
            case LEAKY_RELU -> x > 0 ? x : 0.25 * x;
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        };
    }

    @ParameterizedTest
    @EnumSource
    void functionsAreNearTheTruthEverywhere(Pointwise function) {
        float[] x = new float[40_000];
        for (int i = 0; i < x.length; i++) {
            // From 1e-6 to 88, of both signs where the function is there.
            float size = (float) (1e-6 * Math.pow(88e6, i / (double) x.length));
            boolean negative = i % 2 == 1 && function != Pointwise.LOG && function != Pointwise.SQRT;
            x[i] = negative ? -size : size;
        }
        Buffer out = engine.bufferOf(new float[x.length]);
        engine.kernel(PointwiseKernels.class).apply(function, x.length, 0.25f, engine.bufferOf(x.clone()), out);
        float[] found = out.toArray(x.length);
        for (int i = 0; i < x.length; i++) {
            double expected = truth(function, x[i]);
            if (!(Math.abs(found[i] - expected) <= 2e-5 * Math.abs(expected) + 1e-35)) {
                assertThat((double) found[i]).as("%s of %s", function, x[i]).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void notANumberStays(Pointwise function) {
        float[] x = new float[37];
        Arrays.fill(x, 1);
        x[3] = Float.NaN;
        x[36] = Float.NaN;
        Buffer out = engine.bufferOf(new float[37]);
        PointwiseKernels kernels = engine.kernel(PointwiseKernels.class);
        kernels.apply(function, 37, 0.25f, engine.bufferOf(x.clone()), out);
        float[] found = out.toArray(37);
        assertThat(found[3]).isNaN();
        assertThat(found[36]).isNaN();
        assertThat(found[4]).isNotNaN();
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGMOID", "TANH", "GELU", "GELU_TANH", "SILU", "EXP", "SOFTPLUS"})
    void infiniteNumbersHaveTheirLimits(Pointwise function) {
        float[] x = new float[32];
        Arrays.fill(x, 0, 16, Float.NEGATIVE_INFINITY);
        Arrays.fill(x, 16, 32, Float.POSITIVE_INFINITY);
        Buffer out = engine.bufferOf(new float[32]);
        engine.kernel(PointwiseKernels.class).apply(function, 32, 0, engine.bufferOf(x), out);
        float[] found = out.toArray(32);
        boolean bounded = function == Pointwise.SIGMOID || function == Pointwise.TANH;
        assertThat(Arrays.copyOf(found, 16)).containsOnly(function == Pointwise.TANH ? -1f : 0f);
        assertThat(Arrays.copyOfRange(found, 16, 32)).containsOnly(bounded ? 1f : Float.POSITIVE_INFINITY);
    }

    @Test
    void theFirstOfTheLargestWinsAndNotANumberIsLargerThanAll() {
        float[] x = {1, 5, 5, 2, Float.NaN, 9, Float.NaN, 0};
        Buffer out = engine.bufferOf(new float[4]);
        Indices winner = engine.buffers().takeIndices(4, 8);
        Groups groups = Groups.ofSizes(engine, 4, 0, 3, 1);
        engine.kernel(GroupKernels.class).max(groups, 1, engine.bufferOf(x.clone()), out, winner);
        assertThat(out.toArray(4)).containsExactly(5, 0, Float.NaN, 0);
        assertThat(winner.toArray()).containsExactly(1, 0, 4, 7);
    }

    // ---- dropout --------------------------------------------------------------------------------------------------

    /** Philox4x32-10, from the paper: counter and key of words. */
    private static int[] philox(int[] counter, int[] key) {
        int[] c = counter.clone();
        int[] k = key.clone();
        for (int round = 0; round < 10; round++) {
            long a = 0xD2511F53L * (c[0] & 0xFFFFFFFFL);
            long b = 0xCD9E8D57L * (c[2] & 0xFFFFFFFFL);
            c = new int[] {(int) (b >>> 32) ^ c[1] ^ k[0], (int) b, (int) (a >>> 32) ^ c[3] ^ k[1], (int) a};
            k = new int[] {k[0] + 0x9E3779B9, k[1] + 0xBB67AE85};
        }
        return c;
    }

    @Test
    void theGeneratorHereGivesThePublishedNumbers() {
        // Known answers of the authors' Random123.
        assertThat(philox(new int[4], new int[2])).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(philox(
                        new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, new int[] {0xa4093822, 0x299f31d0}))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    private float[] dropped(long seed, long iteration, int operator, double probability, int n) {
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        Buffer out = engine.bufferOf(new float[n]);
        Buffer draw = engine.bufferOf(org.scenecontexts.api.engine.Draws.digits(seed, iteration));
        engine.kernel(DropoutKernels.class).dropout(n, probability, draw, operator, engine.bufferOf(ones), out);
        return out.toArray(n);
    }

    @Test
    void masksAreThoseOfTheGenerator() {
        long seed = 0x9f3c_7a55_0123_8001L;
        long iteration = 0x1_2345_6789L;
        int n = 70_003;
        float[] found = dropped(seed, iteration, 3, 0.3, n);
        long limit = (long) Math.floor(0.3 * (1L << 32));
        for (int i = 0; i < n; i++) {
            int[] words = philox(
                    new int[] {i / 4, 3, (int) iteration, (int) (iteration >>> 32)},
                    new int[] {(int) seed, (int) (seed >>> 32)});
            boolean gone = (words[i % 4] & 0xFFFFFFFFL) < limit;
            assertThat(found[i]).as("element %d", i).isEqualTo(gone ? 0f : (float) (1 / 0.7));
        }
    }

    @Test
    void everyPartOfThePlaceChangesTheMask() {
        float[] mask = dropped(1, 1, 1, 0.5, 256);
        assertThat(dropped(1, 1, 1, 0.5, 256)).isEqualTo(mask);
        assertThat(dropped(2, 1, 1, 0.5, 256)).isNotEqualTo(mask);
        assertThat(dropped(1 + (1L << 40), 1, 1, 0.5, 256)).isNotEqualTo(mask);
        assertThat(dropped(1, 2, 1, 0.5, 256)).isNotEqualTo(mask);
        assertThat(dropped(1, 1, 2, 0.5, 256)).isNotEqualTo(mask);
    }

    @Test
    void nothingOrEverythingCanBeDropped() {
        assertThat(dropped(1, 1, 1, 0, 100)).containsOnly(1);
        assertThat(dropped(1, 1, 1, 1, 100)).containsOnly(0);
    }
}
