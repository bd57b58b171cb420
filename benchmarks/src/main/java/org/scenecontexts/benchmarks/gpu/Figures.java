package org.scenecontexts.benchmarks.gpu;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Milliseconds that the parts have measured, by name, for those who compare them with what is wanted. */
final class Figures {

    private final Map<String, Double> milliseconds = new LinkedHashMap<>();

    void put(String name, double value) {
        milliseconds.put(name, value);
    }

    Optional<Double> get(String name) {
        return Optional.ofNullable(milliseconds.get(name));
    }

    Map<String, Double> all() {
        return Collections.unmodifiableMap(milliseconds);
    }
}
