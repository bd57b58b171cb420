package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedSpreadTest {

    private static final SeedSpread SEEDS = new SeedSpread(List.of(0.50, 0.54, 0.52));

    @Test
    void aTrainingIsJudgedByHowManySpreadsItEndsBelowTheMean() {
        assertThat(SEEDS.below(0.50)).isCloseTo(0.5, within(1e-9));
        assertThat(SEEDS.below(0.47)).isCloseTo(1.25, within(1e-9));
    }

    @Test
    void whoEndsHigherThanTheMeanIsNotWorse() {
        assertThat(SEEDS.below(0.60)).isZero();
        assertThat(new SeedSpread(List.of(0.5, 0.5)).below(0.5)).isZero();
    }

    @Test
    void oneSeedHasNoSpread() {
        assertThatThrownBy(() -> new SeedSpread(List.of(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two or more of them, found 1");
    }
}
