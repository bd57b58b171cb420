package org.scenecontexts.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns Ctrl-C and SIGTERM into a wish to stop, so that a training saves before it ends; the second one ends at once.
 *
 * <p>{@code sun.misc.Signal} is the only way to be told which signal it was and to be told again: a shutdown hook hears of
 * the first only. It is part of the supported module {@code jdk.unsupported}. SIGHUP is left alone, because {@code nohup}
 * relies on it being ignored.
 */
final class StopSignals implements AutoCloseable, BooleanSupplier {

    /** What shells report for a process that a signal ended: this and the signal's number. */
    private static final int ENDED_BY_SIGNAL = 128;

    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final PrintWriter err;
    private final IntConsumer end;
    private volatile int number;

    private StopSignals(PrintWriter err, IntConsumer end) {
        this.err = err;
        this.end = end;
    }

    /** Listens until closed. */
    static StopSignals listen(PrintWriter err) {
        StopSignals signals = new StopSignals(err, code -> Runtime.getRuntime().halt(code));
        signals.handle("INT");
        signals.handle("TERM");
        return signals;
    }

    /** One that is told of signals by hand. */
    static StopSignals toldBy(PrintWriter err, IntConsumer end) {
        return new StopSignals(err, end);
    }

    private void handle(String name) {
        try {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, received -> arrived(received.getNumber())));
        } catch (IllegalArgumentException e) {
            // Started with -Xrs, or a system without that signal: it ends the process, as ever.
        }
    }

    /** A signal has come. */
    void arrived(int signal) {
        if (number != 0) {
            end.accept(ENDED_BY_SIGNAL + signal);
            return;
        }
        number = signal;
        err.println();
        err.println((signal == 2 ? "Ctrl-C" : "SIGTERM")
                + ": saves at the next step and ends, so that the same command goes on from there; "
                + (signal == 2 ? "Ctrl-C" : "the signal") + " again ends at once, without saving");
        err.flush();
    }

    /** Whether a signal has come. */
    @Override
    public boolean getAsBoolean() {
        return number != 0;
    }

    /** 130 after Ctrl-C, 143 after SIGTERM; where there was no signal, that of a failure. */
    int exitCode() {
        return number == 0 ? Failures.FAILED : ENDED_BY_SIGNAL + number;
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
