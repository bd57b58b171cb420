package org.scenecontexts.benchmarks.gpu;

import java.util.List;

/**
 * What trainings that differ by their seed alone end with, to tell whether another one is worse than chance makes them.
 *
 * @param values one for each seed, two or more
 */
record SeedSpread(List<Double> values) {

    SeedSpread {
        values = List.copyOf(values);
        if (values.size() < 2) {
            throw new IllegalArgumentException("the spread of seeds needs two or more of them, found " + values.size());
        }
    }

    double mean() {
        return values.stream().mapToDouble(x -> x).average().orElseThrow();
    }

    /** From the lowest to the highest. */
    double spread() {
        return values.stream().mapToDouble(x -> x).max().orElseThrow()
                - values.stream().mapToDouble(x -> x).min().orElseThrow();
    }

    /** How many spreads below the mean a value is; 0 where it is not below. */
    double below(double value) {
        double missing = mean() - value;
        return missing <= 0 ? 0 : missing / spread();
    }
}
