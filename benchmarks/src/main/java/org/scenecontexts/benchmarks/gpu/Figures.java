package org.scenecontexts.benchmarks.gpu;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the parts have measured, by name, for those who compare it with what is wanted, and why some of it could not be: a figure that
 * is missing is told with its reason.
 */
final class Figures {

    private final Map<String, Double> milliseconds = new LinkedHashMap<>();
    private final Map<String, Double> ratios = new LinkedHashMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();

    /** Keeps milliseconds. */
    void put(String name, double value) {
        milliseconds.put(name, value);
    }

    /** Keeps a number that is no time. */
    void ratio(String name, double value) {
        ratios.put(name, value);
    }

    /**
     * Says why there are no figures.
     *
     * @param begin what their names begin with
     */
    void lack(String begin, String reason) {
        reasons.put(begin, reason);
    }

    Optional<Double> get(String name) {
        return Optional.ofNullable(milliseconds.getOrDefault(name, ratios.get(name)));
    }

    /** Why a figure is missing: what was said of the longest beginning of its name. */
    String why(String name) {
        return reasons.keySet().stream()
                .filter(name::startsWith)
                .max(Comparator.comparingInt(String::length))
                .map(reasons::get)
                .orElse("no part has measured " + name);
    }

    /** Times alone. */
    Map<String, Double> all() {
        return Collections.unmodifiableMap(milliseconds);
    }

    /** What is no time. */
    Map<String, Double> ratios() {
        return Collections.unmodifiableMap(ratios);
    }
}
