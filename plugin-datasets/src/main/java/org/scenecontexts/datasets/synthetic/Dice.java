package org.scenecontexts.datasets.synthetic;

import java.util.random.RandomGenerator;

/** Short names for the draws that furniture is made of. */
record Dice(RandomGenerator random) {

    /** Uniform in [low, high). */
    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Uniform whole number, both ends included. */
    int count(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    boolean with(double probability) {
        return random.nextDouble() < probability;
    }

    /** Symmetric about zero. */
    double about(double reach) {
        return reach * (2 * random.nextDouble() - 1);
    }

    Material material() {
        return Material.pick(random);
    }

    /** Another material half of the time, else a shade of the same. */
    Material accent(Material main) {
        return with(0.5) ? material() : main.shaded(between(0.65, 1.3));
    }
}
