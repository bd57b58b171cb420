package org.scenecontexts.runtime.pipeline;

import java.util.Optional;

/**
 * Says what stages have in common for which threads of their own prepare samples while the network computes.
 *
 * @since 0.2
 */
public sealed interface LoadingStage extends StageConfig permits TrainStage, EvaluateStage, PredictStage {

    /** What the key says about itself. */
    String WORKERS = "Threads that prepare samples ahead of the network. When left out, 1 where the processor computes,"
            + " and elsewhere as many as the machine has cores, but not more than 16.";

    /** Threads that prepare samples, at least 1; empty where that depends on the device. */
    Optional<Integer> workers();

    /** Whether samples are prepared ahead at all: the parts of a scene come from one thread, one after the other. */
    default boolean ahead() {
        return true;
    }
}
