package org.scenecontexts.sparseconv.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MapMemoryTest {

    private final MapMemory memory = new MapMemory();

    @Test
    void lendsWhatCameBackToTheNextOfAboutTheSameSize() {
        int[] array = memory.take(10_000);
        assertThat(array.length).isBetween(10_000, 20_000);
        memory.give(array);
        assertThat(memory.take(9_000)).isSameAs(array);
        assertThat(memory.idleBytes()).isZero();
    }

    @Test
    void takesTheSmallestThatIsLongEnough() {
        int[] large = memory.take(40_000);
        int[] small = memory.take(30_000);
        memory.give(large);
        memory.give(small);
        assertThat(memory.take(25_000)).isSameAs(small);
    }

    @Test
    void neverLendsAnArrayToTwo() {
        assertThat(memory.take(5_000)).isNotSameAs(memory.take(5_000));
    }

    @Test
    void doesNotSpendAnArrayThatIsMoreThanTwiceTooLong() {
        memory.give(memory.take(50_000));
        assertThat(memory.take(20_000).length).isLessThanOrEqualTo(40_000);
    }

    @Test
    void anArrayThatComesBackTwiceIsRefused() {
        int[] array = memory.take(10);
        memory.give(array);
        assertThatThrownBy(() -> memory.give(array)).hasMessageContaining("given back twice");
    }

    @Test
    void whatEightPyramidsHadNoUseForIsDropped() {
        memory.give(memory.take(100_000));
        for (int i = 0; i < 8; i++) {
            memory.pyramidEnded();
        }
        assertThat(memory.idleBytes()).isGreaterThanOrEqualTo(400_000);
        memory.pyramidEnded();
        assertThat(memory.idleBytes()).isZero();
    }
}
