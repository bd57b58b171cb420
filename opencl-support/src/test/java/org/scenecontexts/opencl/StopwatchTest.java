package org.scenecontexts.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopwatchTest {

    /** A clock that moves when work is done, and only then. */
    private final AtomicLong nanos = new AtomicLong();

    private int runs;

    @Test
    void workThatGetsFasterIsTimedWhenItHasSettled() {
        // As code that is compiled at last: 19 ms falling to 3, and from the twentieth run on 2 ms.
        double best = Stopwatch.best(
                () -> nanos.addAndGet(++runs < 20 ? 20_000_000 - 900_000L * runs : 2_000_000), 0.05, nanos::get);

        assertThat(best).isCloseTo(0.002, within(1e-9));
        // Settled after another 50 ms.
        assertThat(runs).isEqualTo(20 + 25);
    }

    @Test
    void steadyWorkIsTimedAsLongAsAsked() {
        Stopwatch.best(() -> nanos.addAndGet(1_000_000), 0.05, nanos::get);

        assertThat(nanos.get()).isBetween(50_000_000L, 52_000_000L);
    }

    @Test
    void workThatNeverSettlesEndsAfterTwelveTimesAsLong() {
        AtomicLong took = new AtomicLong(30_000_000);

        Stopwatch.best(() -> nanos.addAndGet(took.updateAndGet(last -> last - last / 12)), 0.02, nanos::get);

        assertThat(nanos.get()).isBetween(239_000_000L, 272_000_000L);
    }

    @Test
    void slowWorkRunsThreeTimes() {
        Stopwatch.best(() -> nanos.addAndGet(1_000_000_000L * (10 - ++runs)), 0.01, nanos::get);

        assertThat(runs).isEqualTo(3);
    }
}
