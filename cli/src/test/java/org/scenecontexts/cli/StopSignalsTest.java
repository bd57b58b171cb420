package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

    private final StringWriter err = new StringWriter();
    private final List<Integer> ended = new ArrayList<>();
    private final StopSignals signals = StopSignals.toldBy(new PrintWriter(err), ended::add);

    @Test
    void nothingStopsBeforeASignal() {
        assertThat(signals.getAsBoolean()).isFalse();
        assertThat(signals.exitCode()).isEqualTo(1);
    }

    @Test
    void theFirstCtrlCIsAWishAndSaysWhatASecondDoes() {
        signals.arrived(2);
        assertThat(signals.getAsBoolean()).isTrue();
        assertThat(signals.exitCode()).isEqualTo(130);
        assertThat(ended).isEmpty();
        assertThat(err.toString()).contains("Ctrl-C: saves at the next step", "Ctrl-C again ends at once");
    }

    @Test
    void sigtermHasItsOwnExitCode() {
        signals.arrived(15);
        assertThat(signals.exitCode()).isEqualTo(143);
    }

    @Test
    void theSecondSignalEndsTheProcessWithItsCode() {
        signals.arrived(15);
        signals.arrived(2);
        assertThat(ended).containsExactly(130);
    }
}
