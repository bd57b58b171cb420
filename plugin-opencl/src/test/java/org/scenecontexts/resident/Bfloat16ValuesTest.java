package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.PackedValues;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.Numbers;

/** Activations that only the backward pass still reads are kept as bfloat16; skipped, with the reason, without a device. */
class Bfloat16ValuesTest {

    private static ResidentEngine engine;
    private static PackedValues packing;

    @BeforeAll
    static void open() {
        engine = Engines.keepingBfloat16();
        packing = engine.packing().orElseThrow();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private static float[] kept(float... values) {
        int n = values.length;
        Buffer from = engine.bufferOf(values);
        Buffer packed = engine.buffers().take(packing.length(n));
        float[] behind = new float[n + 3];
        Arrays.fill(behind, 77);
        Buffer to = engine.bufferOf(behind);
        packing.pack(n, from, packed);
        packing.unpack(n, packed, to);
        engine.buffers().give(packed);
        float[] all = to.toArray(n + 3);
        assertThat(Arrays.copyOfRange(all, n, n + 3)).as("what lies behind").containsOnly(77);
        return Arrays.copyOf(all, n);
    }

    /** The nearest number with 16 bits, of two as near the one whose last bit is 0, by exact arithmetic. */
    private static float rounded(float value) {
        int down = Float.floatToRawIntBits(value) & 0xFFFF0000;
        int up = down + 0x10000;
        BigDecimal exact = new BigDecimal(value);
        int side = exact.subtract(new BigDecimal(Float.intBitsToFloat(down)))
                .abs()
                .compareTo(
                        new BigDecimal(Float.intBitsToFloat(up)).subtract(exact).abs());
        boolean takesUp = side > 0 || (side == 0 && (down >> 16 & 1) == 1);
        return Float.intBitsToFloat(takesUp ? up : down);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 127, 128, 129, 5001})
    void everyNumberIsRoundedToTheNearestAndNothingBehindIsTouched(int n) {
        Random random = new Random(n);
        float[] values = new float[n];
        float[] expected = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
            expected[i] = rounded(values[i]);
        }
        assertThat(kept(values)).isEqualTo(expected);
    }

    @Test
    void halvesGoToTheEvenOneAndWhatIsNoOrdinaryNumberStaysWhatItIs() {
        float tie = Float.intBitsToFloat(0x3F808000);
        float oddTie = Float.intBitsToFloat(0x3F818000);
        float hidden = Float.intBitsToFloat(0x7F800001);
        float[] found = kept(tie, oddTie, 0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, hidden);
        assertThat(found[0]).isEqualTo(1f);
        assertThat(found[1]).isEqualTo(Float.intBitsToFloat(0x3F820000));
        assertThat(Float.floatToRawIntBits(found[2])).isZero();
        assertThat(Float.floatToRawIntBits(found[3])).isEqualTo(0x80000000);
        assertThat(found[4]).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(found[5]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(found[6]).isNaN();
        assertThat(found[7]).as("a number that is none in its low bits only").isNaN();
    }

    @Test
    void aReleasedTensorThatABackwardPassReadsTakesHalfItsMemoryUntilThen() {
        int rows = 512;
        int columns = 64;
        Tensor weights = engine.wrap(Numbers.normal(columns * columns, 1), columns, columns)
                .requireGrad();
        Tensor x = engine.wrap(Numbers.normal(rows * columns, 2), rows, columns);
        long before = engine.buffers().lentBytes();

        Tensor hidden = x.matmul(weights);
        long bytes = engine.buffers().lentBytes() - before;
        Tensor squares = hidden.multiply(hidden);
        hidden.release();
        long held = engine.buffers().lentBytes() - before - bytes;
        assertThat(bytes).isEqualTo(4L * rows * columns);
        assertThat(held).as("of the product, beside its squares").isEqualTo(bytes / 2);

        float[] values = kept(hiddenValues(x, weights));
        squares.sum().backward();
        squares.release();
        assertThat(weights.grad().orElseThrow().toArray()).isEqualTo(expectedGradient(x, values));
        weights.clearGrad();
        assertThat(engine.buffers().lentBytes()).as("everything is given back").isEqualTo(before);
    }

    private static float[] hiddenValues(Tensor x, Tensor weights) {
        try (var scope = engine.noGrad()) {
            assertThat(scope).isNotNull();
            Tensor product = x.matmul(weights);
            float[] values = product.toArray();
            product.release();
            return values;
        }
    }

    /** Of the sum of squares of x . w for w, by the engine's own product: x^T . 2 h with the kept h. */
    private static float[] expectedGradient(Tensor x, float[] h) {
        Tensor own = engine.wrap(Numbers.normal(x.columns() * x.columns(), 1), x.columns(), x.columns())
                .requireGrad();
        float[] twice = new float[h.length];
        for (int i = 0; i < h.length; i++) {
            twice[i] = h[i] + h[i];
        }
        x.matmul(own).backward(engine.wrap(twice, x.rows(), x.columns()));
        float[] gradient = own.grad().orElseThrow().toArray();
        own.clearGrad();
        return gradient;
    }
}
