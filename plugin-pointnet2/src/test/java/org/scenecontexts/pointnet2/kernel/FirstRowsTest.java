package org.scenecontexts.pointnet2.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstRowsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 4095, 4096, 4097, 20_000})
    void takesTheSmallestOneBallAfterAnother(int rows) {
        Random random = new Random(rows);
        FirstRows first = new FirstRows(rows, 50);
        for (int ball = 0; ball < 40; ball++) {
            int[] given = random.ints(random.nextInt(200), 0, rows).distinct().toArray();
            int[] expected = IntStream.of(given).sorted().limit(50).toArray();

            int count = first.take(given, given.length);

            assertThat(Arrays.copyOf(first.taken(), count)).containsExactly(expected);
        }
    }

    @Test
    void takesFirstAndLastRow() {
        FirstRows first = new FirstRows(8192, 3);

        assertThat(first.take(new int[] {8191, 0}, 2)).isEqualTo(2);
        assertThat(Arrays.copyOf(first.taken(), 2)).containsExactly(0, 8191);
    }

    @Test
    void takesNoMoreThanAreWantedWhereAllOfAWordAreGiven() {
        FirstRows first = new FirstRows(128, 10);

        assertThat(first.take(IntStream.range(0, 128).map(i -> 127 - i).toArray(), 128))
                .isEqualTo(10);
        assertThat(Arrays.copyOf(first.taken(), 10))
                .containsExactly(IntStream.range(0, 10).toArray());
    }

    @Test
    void takesNothingOfNothing() {
        assertThat(new FirstRows(10, 4).take(new int[0], 0)).isZero();
    }
}
