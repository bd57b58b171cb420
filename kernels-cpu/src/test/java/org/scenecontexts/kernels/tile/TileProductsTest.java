package org.scenecontexts.kernels.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every implementation has to hold; each is a subclass. */
abstract class TileProductsTest {

    /** The same instance every time: what one call leaves behind must not show in the next. */
    abstract TileProducts products();

    @ParameterizedTest(name = "{0} rows, {1} columns, sums of {2}, fresh {3}")
    @CsvSource({
        "1, 1, 1, true", "5, 16, 4, true", "6, 32, 3, false", "7, 20, 27, false", "13, 8, 64, true",
                "96, 96, 32, false",
        "256, 33, 5, true", "8, 48, 256, false", "17, 3, 255, false", "2, 64, 0, true", "2, 64, 0, false",
                "9, 129, 11, false"
    })
    void rowsAreMultipliedByPanelsWhereverTheyLie(int rows, int columns, int length, boolean fresh) {
        Random random = new Random(7L * rows + columns + length);
        int width = products().columns();
        int panels = (columns + width - 1) / width;
        int stride = length * width + 5;
        float[] left = numbers(random, (rows + 1) * (length + 3));
        float[] right = numbers(random, 11 + panels * stride);
        float[] result = numbers(random, (rows + 1) * (columns + 2));
        TileWorkspace at = products().take();
        for (int i = 0; i < rows; i++) {
            at.left()[i] = (rows - i) * (length + 3);
            at.result()[i] = (i + rows / 2) % rows * (columns + 2) + 1;
        }
        float[] expected = result.clone();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = fresh ? 0 : result[at.result()[i] + j];
                for (int p = 0; p < length; p++) {
                    sum += (double) left[at.left()[i] + p] * right[11 + j / width * stride + p * width + j % width];
                }
                expected[at.result()[i] + j] = (float) sum;
            }
        }
        products().bind(left, right, result).rows(at, rows, 11, stride, columns, length, fresh);
        products().give(at);
        assertClose(result, expected);
    }

    @ParameterizedTest(name = "{0} steps, {1} rows, {2} columns, fresh {3}")
    @CsvSource({
        "1, 1, 1, true", "4, 6, 16, true", "5, 7, 32, false", "192, 32, 32, false", "3, 96, 96, true",
                "7, 3, 20, false",
        "256, 13, 8, true", "0, 5, 24, true", "0, 5, 24, false", "11, 300, 13, false", "2, 1, 129, true",
                "9, 40, 33, false"
    })
    void outerProductsOfRowsAreSummedWhereverTheyLie(int length, int rows, int columns, boolean fresh) {
        Random random = new Random(7L * rows + columns + length);
        float[] left = numbers(random, (length + 1) * (rows + 1));
        float[] right = numbers(random, (length + 1) * (columns + 2));
        int stride = columns + 3;
        float[] result = numbers(random, 4 + rows * stride);
        TileWorkspace at = products().take();
        for (int p = 0; p < length; p++) {
            at.left()[p] = (length - p) * (rows + 1);
            at.right()[p] = (p + length / 2) % length * (columns + 2) + 1;
        }
        float[] expected = result.clone();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = fresh ? 0 : result[4 + i * stride + j];
                for (int p = 0; p < length; p++) {
                    sum += (double) left[at.left()[p] + i] * right[at.right()[p] + j];
                }
                expected[4 + i * stride + j] = (float) sum;
            }
        }
        products().bind(left, right, result).outer(at, length, rows, columns, 4, stride, fresh);
        products().give(at);
        assertClose(result, expected);
    }

    @Test
    void theLastValuesOfEveryArrayCanBeUsed() {
        int width = products().columns();
        float[] left = {2, 3};
        float[] right = numbers(new Random(1), 2 * width);
        float[] result = new float[width];
        TileWorkspace at = products().take();
        at.left()[0] = 0;
        at.result()[0] = 0;
        products().bind(left, right, result).rows(at, 1, 0, 0, width, 2, true);
        for (int j = 0; j < width; j++) {
            assertThat(result[j]).isCloseTo(2 * right[j] + 3 * right[width + j], within());
        }
        products().give(at);
    }

    @Test
    void nothingIsDoneForNoRowsAndNoColumns() {
        TileWorkspace at = products().take();
        float[] result = {1, 2, 3};
        TileProducts.Operands operands = products().bind(new float[3], new float[64], result);
        operands.rows(at, 0, 0, 0, 3, 1, true);
        operands.outer(at, 1, 0, 3, 0, 3, true);
        operands.outer(at, 1, 3, 0, 0, 3, true);
        products().give(at);
        assertThat(result).containsExactly(1, 2, 3);
    }

    @Test
    void offsetsOutsideAnArrayAreRefusedBeforeAnythingIsWritten() {
        TileWorkspace at = products().take();
        float[] result = new float[products().columns()];
        TileProducts.Operands operands =
                products().bind(new float[8], new float[8 * products().columns()], result);
        Arrays.fill(at.left(), 0);
        Arrays.fill(at.right(), 0);
        Arrays.fill(at.result(), 0);
        at.left()[1] = 5;
        assertThatThrownBy(() -> operands.rows(at, 2, 0, 0, 1, 4, true))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("a left row lies at 0 to 9, expected within 0 to 8");
        assertThatThrownBy(() -> operands.outer(at, 2, 4, 1, 0, 1, true)).hasMessageContaining("left values");
        at.left()[1] = 0;
        at.result()[1] = -1;
        assertThatThrownBy(() -> operands.rows(at, 2, 0, 0, 1, 4, true)).hasMessageContaining("a result row");
        at.right()[1] = 8 * products().columns();
        assertThatThrownBy(() -> operands.outer(at, 2, 4, 1, 0, 1, true)).hasMessageContaining("right values");
        assertThatThrownBy(() -> operands.rows(at, 1, 1, 0, 1, 8, true)).hasMessageContaining("the first panel");
        assertThatThrownBy(() -> operands.rows(at, TileProducts.MAX_OFFSETS + 1, 0, 0, 1, 1, true))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(result).containsOnly(0);
        products().give(at);
    }

    private static void assertClose(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("value %d", i).isCloseTo(expected[i], within());
        }
    }

    private static org.assertj.core.data.Offset<Float> within() {
        return org.assertj.core.data.Offset.offset(2e-5f);
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }
}
