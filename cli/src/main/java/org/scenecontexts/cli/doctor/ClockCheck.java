package org.scenecontexts.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Whether the clock can be right, and is that of the disk: what is newer decides what is made again. */
record ClockCheck(Surroundings machine, Clock clock, Path runs) implements Check {

    /** Nothing of csc is older. */
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

    private static final Duration SKEW = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        Instant now = clock.instant();
        String said = now.truncatedTo(ChronoUnit.SECONDS) + ", time zone " + clock.getZone();
        findings.add(
                now.isBefore(FIRST)
                        ? Finding.problem(
                                said + ": that has been", "set the clock, for example with 'timedatectl set-ntp true'")
                        : Finding.ok(said));
        disk(findings);
        machine.line("/sys/devices/system/clocksource/clocksource0/current_clocksource")
                .filter(source -> source.matches("hpet|acpi_pm|jiffies"))
                .ifPresent(source -> findings.add(Finding.warning(
                        "the kernel's clock is '" + source + "', which takes microseconds to be read",
                        "times of 'csc bench' are too long by it; boot the machine with clocksource=tsc")));
        return findings;
    }

    /** A file server has a clock of its own. */
    private void disk(List<Finding> findings) {
        try {
            Path file = Files.createTempFile(WriteCheck.existing(runs), ".csc-doctor-", "");
            try {
                Duration off = Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant())
                        .abs();
                if (off.compareTo(SKEW) > 0) {
                    findings.add(Finding.warning(
                            "new files in " + runs + " are dated " + off.toSeconds() + " s apart from the clock",
                            "set the clocks of this machine and its file server by one time server"));
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException | SecurityException e) {
            // That nothing can be written there is said by another check.
        }
    }
}
