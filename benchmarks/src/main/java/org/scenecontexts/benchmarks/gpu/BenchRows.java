package org.scenecontexts.benchmarks.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code csc bench} has written, which also says who computed it.
 *
 * @param engine the device in words, with its driver
 * @param rows one for each workload
 */
record BenchRows(String engine, List<Map<?, ?>> rows) {

    /** Reads what was written as JSON. */
    static BenchRows of(Map<String, Object> json) {
        List<Map<?, ?>> rows = new ArrayList<>();
        ((List<?>) json.get("rows")).forEach(row -> rows.add((Map<?, ?>) row));
        return new BenchRows(String.valueOf(json.get("vectors")), List.copyOf(rows));
    }

    /**
     * The way in which it was computed.
     *
     * @param asked the one that was asked for
     * @throws IllegalStateException when another driver has computed it, for then its figures would stand under a wrong name
     */
    Way way(Way asked) {
        if (!engine.contains("(" + asked.driver().label() + ", ")) {
            throw new IllegalStateException("figures of " + asked.driver().label() + " were expected, found those of '"
                    + engine + "'; name the driver with --device "
                    + asked.driver().word() + ", or correct what csc info says");
        }
        return asked;
    }

    /** A number of a row; not a number where there is none. */
    static double number(Map<?, ?> row, String name) {
        return row.get(name) instanceof Number value ? value.doubleValue() : Double.NaN;
    }
}
