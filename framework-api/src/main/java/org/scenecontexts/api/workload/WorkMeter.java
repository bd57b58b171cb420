package org.scenecontexts.api.workload;

import org.scenecontexts.api.engine.TensorEngine;

/**
 * Counts the work of everything that is computed with its engine, so that nobody has to add up a network by hand; the
 * measuring program lends it through {@link WorkloadContext#meter}.
 *
 * @since 0.2
 */
public interface WorkMeter {

    /** Computes what the measured engine computes, and counts; its tensors belong to it. The measured one stays the one to close. */
    TensorEngine engine();

    /** What was counted since the last {@link #clear}. */
    Work work();

    /** Starts again from nothing. */
    void clear();

    /** Says what calls of a plugin's kernel interface cost. */
    @FunctionalInterface
    interface Rule {

        /**
         * The work of one call.
         *
         * @param method name of the method of the kernel interface
         * @param arguments its arguments
         */
        Work of(String method, Object[] arguments);
    }
}
