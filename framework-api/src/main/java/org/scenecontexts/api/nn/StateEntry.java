package org.scenecontexts.api.nn;

import java.util.Arrays;
import org.scenecontexts.api.tensor.Tensor;

/**
 * One named array of a state: a parameter, a running statistic, a counter, or an optimizer's memory.
 *
 * <p>Numbers are copied in and out, at checkpoints: they live where the engine keeps them.
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

    /**
     * 32-bit floats.
     *
     * @param shape extents under which files store them; as many values as the tensor has
     * @param tensor where they live
     */
    record Floats(String name, int[] shape, Tensor tensor) implements StateEntry {

        /** A copy of the values, {@link #size()} of them. */
        public float[] values() {
            return tensor.toArray();
        }

        /**
         * Gives all values anew.
         *
         * @param values at least {@link #size()}; copied
         */
        public void set(float[] values) {
            tensor.set(values);
        }

        @Override
        public StateEntry named(String newName) {
            return new Floats(newName, shape, tensor);
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
