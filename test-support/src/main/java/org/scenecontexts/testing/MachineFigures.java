package org.scenecontexts.testing;

import java.util.Map;
import java.util.Set;

/** The figures of a run that time, machine and interruptions may change, so that tests can compare all others. */
public final class MachineFigures {

    private static final Set<String> NAMES = Set.of(
            "seconds",
            "first_step_seconds",
            "data_seconds",
            "step_seconds",
            "eta_seconds",
            "elapsed_seconds",
            "samples_per_second",
            "points_per_second",
            "peak_memory_bytes",
            "buffer_bytes",
            "host_reads",
            "borrowed_calls",
            "started");

    private MachineFigures() {}

    /** Takes them out of a line of a history or of the figures of a stage. */
    public static void removeFrom(Map<String, ?> figures) {
        figures.keySet().removeAll(NAMES);
    }
}
