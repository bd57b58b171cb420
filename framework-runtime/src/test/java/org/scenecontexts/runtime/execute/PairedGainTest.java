package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Gains come with the interval of Student's t. */
class PairedGainTest {

    /** Of the table of t: 4.3027 for two degrees of freedom, times 1 / sqrt(3). */
    @Test
    void threePairsHaveTheIntervalOfTwoDegreesOfFreedom() {
        PairedGain gain = PairedGain.of(1, 2, 3);

        assertThat(gain.pairs()).isEqualTo(3);
        assertThat(gain.mean()).isEqualTo(2);
        assertThat(gain.low()).isEqualTo(2 - 2.4841, within(1e-4));
        assertThat(gain.high()).isEqualTo(2 + 2.4841, within(1e-4));
    }

    @Test
    void onePairHasNoInterval() {
        PairedGain gain = PairedGain.of(0.5);

        assertThat(gain.mean()).isEqualTo(0.5);
        assertThat(gain.low()).isNaN();
        assertThat(gain.high()).isNaN();
    }

    @Test
    void noPairHasNoGain() {
        assertThat(PairedGain.of().mean()).isNaN();
    }
}
