package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadlineTest {

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    private final AtomicLong clock = new AtomicLong();

    private Deadline minutes(int count) {
        return new Deadline(Optional.of(count), 0, clock::get);
    }

    private CscProcess process(Deadline deadline) {
        return new CscProcess(CheckOptions.of(List.of(), folder).orElseThrow(), deadline);
    }

    @Test
    void whatIsLeftOfTheTimeIsWhatSomethingMayTake() {
        Deadline deadline = minutes(5);
        clock.set(280 * SECOND);

        assertThat(deadline.secondsLeft(600)).isEqualTo(20);
        assertThat(deadline.secondsLeft(10)).isEqualTo(10);
        assertThat(deadline.isOver()).isFalse();
    }

    @Test
    void withoutADeadlineNothingIsOver() {
        Deadline deadline = new Deadline(Optional.empty(), 0, clock::get);
        clock.set(100_000 * SECOND);

        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.secondsLeft(600)).isEqualTo(600);
    }

    @Test
    void nothingIsStartedAfterTheDeadline() {
        Deadline deadline = minutes(1);
        clock.set(60 * SECOND);

        assertThatThrownBy(() -> process(deadline).run(List.of("no-such-program"), folder))
                .isInstanceOf(LateException.class)
                .hasMessage("left out, as the 1 minutes of --minutes were over");
    }

    @Test
    void whatRunsWhenTheDeadlineComesIsEndedAndSaysSo() {
        clock.set(59_900_000_000L);
        AtomicLong asked = new AtomicLong();
        // The clock goes on once the program has been started.
        Deadline deadline = new Deadline(
                Optional.of(1), 0, () -> asked.getAndIncrement() == 0 ? clock.get() : clock.get() + SECOND);

        assertThatThrownBy(() -> process(deadline).run(List.of("sleep", "30"), folder))
                .isInstanceOf(LateException.class)
                .hasMessageEndingWith("were over while sleep ran");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatTakesTooLongForItselfIsEndedToo() {
        assertThatThrownBy(() -> process(minutes(5)).run(List.of("sleep", "30"), folder, 1))
                .isNotInstanceOf(LateException.class)
                .hasMessageStartingWith("sleep was ended after 1 seconds");
    }
}
