package org.scenecontexts.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProcessAgeTest {

    @Test
    void ageIsWhatTheMachineRanSinceTheProcessWasStarted() {
        String stat = "4711 (a (b) c) S 1 4711 4711 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 12 0 123456 999 888 77";
        assertThat(ProcessAge.seconds(stat, "1300.25 2000.00\n")).isCloseTo(1300.25 - 1234.56, within(1e-9));
    }

    @Test
    void thisProcessGrowsOlder() throws InterruptedException {
        double before = ProcessAge.seconds();
        Thread.sleep(200);
        assertThat(before).isPositive();
        assertThat(ProcessAge.seconds() - before).isBetween(0.15, 10.0);
    }
}
