package org.scenecontexts.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Gives changed files to a reader: each must end in a value or in a documented exception, within a second and without
 * memory that the file does not justify.
 *
 * <p>{@code -Dcsc.fuzz=N} says how many of each kind; {@code -Pfuzz} takes 2,000.
 */
final class Fuzz {

    private static final int COUNT = Integer.getInteger("csc.fuzz", 60);
    private static final long SECOND = 1_000_000_000L;
    private static final long MAX_ALLOCATED = 128L << 20;
    private static final int STUCK_SECONDS = 30;
    private static final int SHOWN = 5;

    private final String kind;
    private final Path folder;
    private final String fileName;
    private final Reader reader;
    private final List<Class<? extends Throwable>> documented;
    private final List<String> faults = new ArrayList<>();
    private int values;
    private int refused;
    private long slowest;
    private long most;

    /** Reads a file to the last value. */
    interface Reader {
        void read(Path file) throws Exception;
    }

    /**
     * @param kind what is read, for messages
     * @param folder an empty folder
     * @param fileName name of the file in it
     * @param documented the exceptions that the reader's documentation names
     */
    @SafeVarargs
    Fuzz(String kind, Path folder, String fileName, Reader reader, Class<? extends Throwable>... documented) {
        this.kind = kind;
        this.folder = folder;
        this.fileName = fileName;
        this.reader = reader;
        this.documented = List.of(documented);
    }

    /** Reads the seeds, which must give values, and then the mutants. */
    void run(List<byte[]> seeds, IntFunction<Mutations.Mutant> mutants) {
        for (byte[] seed : seeds) {
            read(seed, "unchanged", false);
        }
        assertThat(faults).as("%s: the unchanged files are read", kind).isEmpty();
        assertThat(refused).as("%s: the unchanged files are correct", kind).isZero();
        values = 0;
        for (int number = 0; number < COUNT && faults.size() < SHOWN; number++) {
            Mutations.Mutant mutant = mutants.apply(number);
            read(mutant.bytes(), "number " + number + " (" + mutant.how() + ")", true);
        }
        System.out.printf(
                Locale.ROOT,
                "fuzz: %s: %d files: %d values, %d refused; slowest %d ms, most memory %d MiB%n",
                kind,
                values + refused,
                values,
                refused,
                slowest / 1_000_000,
                most >> 20);
        assertThat(faults).as("%s", kind).isEmpty();
        assertThat(refused)
                .as("%s: some files are so damaged that they must be refused", kind)
                .isPositive();
    }

    private void read(byte[] bytes, String which, boolean measured) {
        Path file = folder.resolve(fileName);
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Outcome[] outcome = new Outcome[1];
        Thread thread = Thread.ofPlatform().daemon().start(() -> outcome[0] = outcome(file));
        try {
            thread.join(STUCK_SECONDS * 1000L);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (thread.isAlive()) {
            fault(bytes, which + " does not end: " + Arrays.toString(thread.getStackTrace()));
            return;
        }
        judge(bytes, which, outcome[0], measured);
    }

    private record Outcome(Throwable thrown, long nanos, long allocated) {}

    private Outcome outcome(Path file) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Time of the processor, not of the clock: other processes do not count.
        long start = threads.getCurrentThreadCpuTime();
        long before = threads.getCurrentThreadAllocatedBytes();
        Throwable thrown = null;
        try {
            reader.read(file);
        } catch (Throwable e) {
            thrown = e;
        }
        return new Outcome(
                thrown, threads.getCurrentThreadCpuTime() - start, threads.getCurrentThreadAllocatedBytes() - before);
    }

    private void judge(byte[] bytes, String which, Outcome outcome, boolean measured) {
        Throwable thrown = outcome.thrown();
        if (thrown == null) {
            values++;
        } else if (documented.stream().anyMatch(type -> type.isInstance(thrown))) {
            refused++;
            if (thrown.getMessage() == null || thrown.getMessage().isBlank()) {
                fault(bytes, which + " is refused without a word: " + thrown);
            } else if (thrown.getMessage()
                    .replace("\r\n", "\n")
                    .chars()
                    .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
                fault(bytes, which + " sends control characters to the terminal: " + thrown.getMessage());
            } else if (thrown.getMessage().contains("[value=")) {
                fault(bytes, which + " shows how values are kept: " + thrown.getMessage());
            }
        } else {
            fault(
                    bytes,
                    which + " threw " + thrown + " at "
                            + Arrays.stream(thrown.getStackTrace()).limit(8).toList());
        }
        if (!measured) {
            return;
        }
        slowest = Math.max(slowest, outcome.nanos());
        most = Math.max(most, outcome.allocated());
        if (outcome.nanos() > SECOND) {
            fault(bytes, which + " took " + outcome.nanos() / 1_000_000 + " ms, at most 1000 are expected");
        }
        if (outcome.allocated() > MAX_ALLOCATED) {
            fault(
                    bytes,
                    which + " took " + (outcome.allocated() >> 20) + " MiB for a file of " + bytes.length + " bytes");
        }
    }

    /** Keeps the file for whoever looks into it. */
    private void fault(byte[] bytes, String what) {
        try {
            Path kept = Path.of("target", "fuzz", kind.replaceAll("\\W+", "-") + "-" + faults.size() + "-" + fileName);
            Files.createDirectories(kept.getParent());
            Files.write(kept, bytes);
            faults.add(what + "; the file is " + kept.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
