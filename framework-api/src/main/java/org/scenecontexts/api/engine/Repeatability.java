package org.scenecontexts.api.engine;

/**
 * What an engine promises about computing the same thing again; each level includes those before it. Declared by {@link
 * TensorEngine#repeatability} and tested by the test kit.
 *
 * @since 0.2
 */
public enum Repeatability {
    /** The right numbers, within rounding: sums may be added in another order every time. */
    NUMBERS,
    /** The same bits every time, on the same number of threads. */
    SAME_BITS,
    /** The same bits every time, on any number of threads. */
    ANY_THREADS
}
