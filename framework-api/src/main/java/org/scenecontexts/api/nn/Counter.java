package org.scenecontexts.api.nn;

/**
 * A whole number that is part of a module's state, such as {@code num_batches_tracked}.
 *
 * @since 0.1
 */
public final class Counter {

    private long value;

    Counter() {}

    public long get() {
        return value;
    }

    public void set(long newValue) {
        value = newValue;
    }

    public void increment() {
        value++;
    }
}
