package org.scenecontexts.api.nn;

import java.util.Arrays;

/**
 * One named array of a state: a parameter, a running statistic, a counter, or an optimizer's memory.
 *
 * <p>The arrays are the live ones, not copies: writing to {@link Floats#values()} changes the module.
 *
 * @since 0.1
 */
public sealed interface StateEntry {

    /** Dotted name as in published files, e.g. {@code block1.0.conv1.kernel} (REFERENCE 1.8, 2.4). */
    String name();

    /** Extents; empty for a single number. */
    int[] shape();

    /** The same entry under another name. */
    StateEntry named(String newName);

    /** Number of values. */
    default int size() {
        return Arrays.stream(shape()).reduce(1, Math::multiplyExact);
    }

    /** 32-bit floats, at least {@link #size()} of them. */
    record Floats(String name, int[] shape, float[] values) implements StateEntry {
        @Override
        public StateEntry named(String newName) {
            return new Floats(newName, shape, values);
        }
    }

    /** A 64-bit whole number. */
    record Whole(String name, Counter counter) implements StateEntry {
        @Override
        public int[] shape() {
            return new int[0];
        }

        @Override
        public StateEntry named(String newName) {
            return new Whole(newName, counter);
        }
    }
}
