package org.scenecontexts.api.train;

/**
 * How far a training has come, for whoever changes something as it goes on. The same after a resume as without one.
 *
 * @param iteration number of the optimizer step that it is about, from 1; 0 before the first one
 * @param iterations optimizer steps of the whole training
 * @param epoch passes through the data set that lie behind this step when it begins, with a fraction: 0 in the first step
 * @since 0.1
 */
public record TrainingProgress(long iteration, long iterations, double epoch) {

    /** Number of the pass through the data set, from 0: the published schedules count so (REFERENCE 8.7). */
    public long wholeEpochs() {
        return (long) Math.floor(epoch);
    }
}
