package org.scenecontexts.runtime.load;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Means of named figures over batches that count differently much.
 *
 * @since 0.1
 */
public final class RunningAverages {

    private record Sum(double weighted, double weight) {
        Sum plus(double value, double by) {
            return new Sum(weighted + value * by, weight + by);
        }
    }

    private final Map<String, Sum> sums = new LinkedHashMap<>();

    /**
     * Takes a figure of one batch.
     *
     * @param weight how much the batch counts; nothing happens at 0, or when the value is no number
     */
    public void add(String name, double value, double weight) {
        if (weight > 0 && !Double.isNaN(value)) {
            sums.merge(name, new Sum(value * weight, weight), (old, one) -> old.plus(value, weight));
        }
    }

    /**
     * The mean of a figure is no number from now on, whatever else comes.
     *
     * @return whether it was one before, or not counted yet
     */
    public boolean spoil(String name) {
        Sum before = sums.put(name, new Sum(Double.NaN, 1));
        return before == null || !Double.isNaN(before.weighted());
    }

    /** The means so far, in the order in which their names first came; nothing for what was never counted. */
    public Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum.weighted() / sum.weight()));
        return means;
    }

    /** The state, exactly: for each name the weighted sum and the weight, as text. */
    public Map<String, String> save() {
        Map<String, String> saved = new LinkedHashMap<>();
        sums.forEach((name, sum) -> saved.put(name, sum.weighted() + " " + sum.weight()));
        return saved;
    }

    /**
     * Takes over a state.
     *
     * @param saved what {@link #save} gave
     */
    public void restore(Map<String, ?> saved) {
        sums.clear();
        saved.forEach((name, text) -> {
            String[] parts = String.valueOf(text).split(" ");
            sums.put(name, new Sum(Double.parseDouble(parts[0]), Double.parseDouble(parts[1])));
        });
    }

    /** Starts over. */
    public void clear() {
        sums.clear();
    }
}
