package org.scenecontexts.api.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a measurement on the validation data gave.
 *
 * @param at the step after which it was made
 * @param figures by name, the benchmark's first; {@code loss} where the task has one
 * @param leading name of the figure that chooses the best checkpoint
 * @param best whether it is the best so far by that figure
 * @param scenes scenes measured
 * @param seconds how long it took
 * @since 0.1
 */
public record Measurement(
        TrainingProgress at, Map<String, Double> figures, String leading, boolean best, long scenes, double seconds) {

    public Measurement {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /**
     * One figure.
     *
     * @throws IllegalArgumentException when it was not measured; the message names those that were
     */
    public double figure(String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the figure '" + name + "' was not measured; there are " + String.join(", ", figures.keySet()));
        }
        return value;
    }
}
