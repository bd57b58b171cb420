package org.scenecontexts.io.cloud;

import java.util.Arrays;

/** Where most values of a long list lie, whatever a few stray ones are. */
record Spread(double low, double middle, double high) {

    /** As many values are looked at, evenly spread: enough for percentiles. */
    private static final int SAMPLE = 1 << 16;

    /** A value that others are compared with. */
    @FunctionalInterface
    interface Values {
        double at(int index);
    }

    /** The 1st, 50th (the lower of two) and 99th percentile of {@code count} values, at least one. */
    static Spread of(int count, Values values) {
        int step = Math.max(1, count / SAMPLE);
        double[] some = new double[(count + step - 1) / step];
        for (int i = 0; i < some.length; i++) {
            some[i] = values.at(i * step);
        }
        Arrays.sort(some);
        int last = some.length - 1;
        return new Spread(some[(int) Math.ceil(last * 0.01)], some[last / 2], some[(int) Math.floor(last * 0.99)]);
    }
}
