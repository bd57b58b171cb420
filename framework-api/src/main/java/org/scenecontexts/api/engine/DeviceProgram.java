package org.scenecontexts.api.engine;

/**
 * Compiled kernels, which run on the device in the order in which they are asked for.
 *
 * @since 0.2
 */
public interface DeviceProgram {

    /**
     * How many groups of items run.
     *
     * @param x along the first axis, 0 or more; 0 runs nothing
     * @param items of a group, all along the first axis: what the kernel was declared with
     */
    record Groups(int x, int y, int z, int items) {

        /** Groups of {@value DevicePrograms#GROUP} items. */
        public Groups(int x, int y, int z) {
            this(x, y, z, DevicePrograms.GROUP);
        }

        /** Groups of {@value DevicePrograms#GROUP} for a number of items in a row. */
        public static Groups of(long items) {
            return new Groups(Math.toIntExact(Math.ceilDiv(items, DevicePrograms.GROUP)), 1, 1);
        }
    }

    /**
     * Says that a parameter takes packed numbers too, to read or to write: an argument for {@code P(x)}. Any other parameter is refused a
     * buffer of them, which it would take for float32.
     *
     * @param buffer of any type
     */
    record Packable(Buffer buffer) {}

    /**
     * Gives a parameter {@code B(x)} the words that packed numbers lie in, for kernels that take them apart themselves.
     *
     * @param buffer begins at a whole word
     */
    record Words(Buffer buffer) {}

    /**
     * Asks for a kernel to run; returns before it has.
     *
     * @param kernel its name
     * @param arguments {@link Buffer}s and {@link Indices} of the engine, {@link Buffer#NONE} where there is none,
     *     {@link Packable} for parameters that take packed numbers too, {@link Words}, and
     *     {@code Integer}, {@code Long}, {@code Float} and {@code Double}, in the order of the parameters
     * @throws IllegalArgumentException when an argument is something else, or lies on another device
     */
    void launch(String kernel, Groups groups, Object... arguments);
}
