package org.scenecontexts.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.ElementType;
import org.scenecontexts.testing.PackedNumbers;
import org.scenecontexts.testkit.Numbers;

/**
 * Norms and concatenations take activations as bfloat16 where they lie: what they read gives the same bits as the same numbers
 * unpacked, what they write is the float32 result rounded, for rows and columns that end in half a word, and from odd places on.
 * Skipped, with the reason, without a device.
 */
class Bfloat16NormTest {

    private static ResidentEngine engine;

    @BeforeAll
    static void open() {
        engine = Engines.keepingBfloat16();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private static PackedNumbers both(int n, int from, long seed) {
        return PackedNumbers.of(engine, Numbers.normal(n + from, seed), from);
    }

    private static Buffer numbers(int n, long seed) {
        return engine.bufferOf(Numbers.normal(n, seed));
    }

    private static Buffer poisoned(int n) {
        float[] values = new float[n];
        Arrays.fill(values, Float.NaN);
        return engine.bufferOf(values);
    }

    private static float[] normalized(int rows, int columns, Buffer x, Buffer residual) {
        Buffer out = poisoned(rows * columns);
        normalize(rows, columns, x, residual, out);
        return out.toArray(rows * columns);
    }

    private static void normalize(int rows, int columns, Buffer x, Buffer residual, Buffer out) {
        engine.dense()
                .normalize(
                        rows,
                        columns,
                        x,
                        numbers(columns, 11),
                        numbers(columns, 12),
                        numbers(columns, 13),
                        residual,
                        true,
                        out);
    }

    /** All four results, one behind the other. */
    private static float[] gradients(int rows, int columns, Buffer x, Buffer y) {
        DenseKernels dense = engine.dense();
        int n = rows * columns;
        Buffer all = poisoned(2 * n + 2 * columns);
        dense.batchNormBackward(
                rows,
                columns,
                x,
                y,
                numbers(n, 21),
                numbers(columns, 22),
                numbers(columns, 23),
                numbers(columns, 24),
                true,
                all.slice(0, n),
                all.slice(2 * n, columns),
                all.slice(2 * n + columns, columns),
                all.slice(n, n));
        return all.toArray(2 * n + 2 * columns);
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0", "3, 5, 0", "129, 7, 1", "128, 32, 0", "300, 33, 3", "517, 96, 8"})
    void packedNumbersGiveTheBitsOfTheSameNumbersUnpacked(int rows, int columns, int from) {
        PackedNumbers x = both(rows * columns, from, 1);
        PackedNumbers y = both(rows * columns, from, 2);

        assertThat(normalized(rows, columns, x.packed(), y.packed()))
                .as("norm and residual")
                .doesNotContain(Float.NaN)
                .isEqualTo(normalized(rows, columns, x.floats(), y.floats()));
        assertThat(normalized(rows, columns, x.packed(), Buffer.NONE))
                .as("norm alone")
                .isEqualTo(normalized(rows, columns, x.floats(), Buffer.NONE));
        assertThat(normalized(rows, columns, x.floats(), y.packed()))
                .as("the residual alone packed")
                .isEqualTo(normalized(rows, columns, x.floats(), y.floats()));
        float[] expected = gradients(rows, columns, x.floats(), y.floats());
        assertThat(gradients(rows, columns, x.packed(), y.packed()))
                .as("gradients")
                .doesNotContain(Float.NaN)
                .isEqualTo(expected);
        assertThat(gradients(rows, columns, x.packed(), y.floats()))
                .as("the input alone packed")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0", "3, 5, 0", "129, 7, 1", "128, 32, 0", "300, 33, 3", "517, 96, 8"})
    void packedResultsAreTheFloat32OnesRounded(int rows, int columns, int from) {
        int n = rows * columns;
        PackedNumbers x = both(n, from, 1);
        PackedNumbers y = both(n, from, 2);
        Buffer floats = poisoned(n);
        normalize(rows, columns, x.floats(), y.floats(), floats);
        Buffer packed = PackedNumbers.room(engine, n, from);
        normalize(rows, columns, x.packed(), y.packed(), packed);
        assertThat(packed.toArray(n))
                .doesNotContain(Float.NaN)
                .isEqualTo(PackedNumbers.rounded(engine, floats.toArray(n)));
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0", "3, 5, 0", "129, 7, 1", "128, 32, 0", "300, 33, 3", "517, 96, 8"})
    void statisticsOfPackedNumbersAreThoseOfTheSameNumbersUnpacked(int rows, int columns, int from) {
        PackedNumbers x = both(rows * columns, from, 1);
        assertThat(statistics(rows, columns, x.packed()))
                .doesNotContain(Float.NaN)
                .isEqualTo(statistics(rows, columns, x.floats()));
    }

    private static float[] statistics(int rows, int columns, Buffer x) {
        Buffer all = poisoned(3 * columns);
        engine.dense()
                .batchStatistics(
                        rows,
                        columns,
                        x,
                        numbers(columns, 5),
                        1e-5,
                        0,
                        all.slice(0, columns),
                        all.slice(columns, columns),
                        all.slice(2 * columns, columns),
                        Buffer.NONE,
                        Buffer.NONE);
        return all.toArray(3 * columns);
    }

    @ParameterizedTest
    @CsvSource({"5, 3, 4, 0", "129, 7, 32, 1", "64, 32, 32, 0"})
    void columnsArePutSideBySideAsTheyLie(int rows, int left, int right, int from) {
        PackedNumbers a = both(rows * left, from, 1);
        PackedNumbers b = both(rows * right, from, 2);
        int total = left + right;
        Buffer expected = poisoned(rows * total);
        Buffer found = PackedNumbers.room(engine, rows * total, from);
        DenseKernels dense = engine.dense();
        dense.copyColumnsIn(rows, left, a.floats(), total, 0, expected);
        dense.copyColumnsIn(rows, right, b.floats(), total, left, expected);
        dense.copyColumnsIn(rows, left, a.packed(), total, 0, found);
        dense.copyColumnsIn(rows, right, b.floats(), total, left, found);
        assertThat(found.toArray(rows * total)).doesNotContain(Float.NaN).isEqualTo(expected.toArray(rows * total));
    }

    @Test
    void noRowsAreNoWork() {
        PackedNumbers none = PackedNumbers.of(engine, new float[0], 0);
        assertThat(normalized(0, 7, none.packed(), none.packed())).isEmpty();
    }

    @Test
    void packedNumbersAreReadAsFloat32WhereverTheyBegin() {
        PackedNumbers x = both(9, 3, 4);
        assertThat(x.packed().type()).isEqualTo(ElementType.BFLOAT16);
        assertThat(x.packed().capacity()).isEqualTo(9);
        assertThat(x.packed().toArray(9)).isEqualTo(x.floats().toArray(9));
        assertThat(x.packed().slice(2, 5).toArray(5))
                .isEqualTo(x.floats().slice(2, 5).toArray(5));
    }

    @Test
    void aKernelThatKnowsNothingOfPackedNumbersIsRefusedThem() {
        PackedNumbers x = both(64, 0, 5);
        assertThatThrownBy(() -> engine.dense().copy(64, x.packed(), poisoned(64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 numbers of bfloat16")
                .hasMessageContaining("expected float32");
        assertThatThrownBy(() -> x.packed().copyIn(0, new float[1], 0, 1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("buffer()");
    }
}
