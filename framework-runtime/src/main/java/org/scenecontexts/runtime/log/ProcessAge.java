package org.scenecontexts.runtime.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * How long ago this process was started.
 *
 * <p>Java derives the instant of the start from the time at which the machine was booted, which Linux tells in whole seconds:
 * it can be wrong by a second. Where the system tells both since it was booted, their difference is right to 10 ms.
 *
 * @since 0.1
 */
public final class ProcessAge {

    private static final Path STAT = Path.of("/proc/self/stat");
    private static final Path UPTIME = Path.of("/proc/uptime");

    /** Fields of {@link #STAT} between the name of the program, which may hold blanks, and the start. */
    private static final int FIELDS_BEFORE_START = 19;

    /** The unit of the start; the same on every Linux. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double NANOS = 1e9;

    private ProcessAge() {}

    /** Seconds since the start; not a number where nobody tells. */
    public static double seconds() {
        if (Files.isReadable(STAT) && Files.isReadable(UPTIME)) {
            try {
                return seconds(
                        Files.readString(STAT, StandardCharsets.ISO_8859_1),
                        Files.readString(UPTIME, StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                return fromInstant();
            }
        }
        return fromInstant();
    }

    static double seconds(String stat, String uptime) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double start = Long.parseLong(fields[FIELDS_BEFORE_START]) / TICKS_PER_SECOND;
        return Double.parseDouble(uptime.split(" ")[0]) - start;
    }

    private static double fromInstant() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()).toNanos() / NANOS)
                .orElse(Double.NaN);
    }
}
