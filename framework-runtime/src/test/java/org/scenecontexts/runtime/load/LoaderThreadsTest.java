package org.scenecontexts.runtime.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoaderThreadsTest {

    private static int count(Optional<Integer> asked, boolean onProcessor, int cores) {
        return LoaderThreads.of(asked, onProcessor, cores).count();
    }

    @Test
    void oneIsTakenBesideAProcessorThatComputes() {
        assertThat(count(Optional.empty(), true, 64)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "16, 16", "17, 16", "224, 16"})
    void asManyAsThereAreCoresButNoMoreThanSixteenAreTakenBesideADevice(int cores, int expected) {
        assertThat(count(Optional.empty(), false, cores)).isEqualTo(expected);
    }

    @Test
    void whoAsksForANumberGetsIt() {
        assertThat(count(Optional.of(3), true, 64)).isEqualTo(3);
        assertThat(count(Optional.of(40), false, 2)).isEqualTo(40);
    }

    @Test
    void theLogSaysHowManyAndWhy() {
        assertThat(LoaderThreads.of(Optional.empty(), true, 8))
                .hasToString("1 thread prepares samples ahead, since the cores are busy with the network;"
                        + " 'workers' changes that");
        assertThat(LoaderThreads.of(Optional.empty(), false, 8))
                .hasToString("8 threads prepare samples ahead, since the network computes elsewhere;"
                        + " 'workers' changes that");
        assertThat(LoaderThreads.of(Optional.of(2), false, 8))
                .hasToString("2 threads prepare samples ahead, as 'workers' says");
    }

    @Test
    void noneIsRefused() {
        assertThatThrownBy(() -> new LoaderThreads(0, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
    }
}
