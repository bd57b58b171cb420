package org.scenecontexts.runtime.load;

import java.util.Optional;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.pipeline.LoadingStage;
import org.scenecontexts.runtime.pipeline.StageConfig;

/**
 * Decides how many threads prepare samples, so that a fast device does not wait for them and a processor that computes keeps
 * its cores. What is learnt does not depend on it.
 *
 * @param count threads, at least 1
 * @param why in words, for the log
 * @since 0.2
 */
public record LoaderThreads(int count, String why) {

    /**
     * As many as are taken unless a pipeline names more: each has a batch under way, which lies in the host's memory until it is
     * its turn.
     */
    public static final int MOST = 16;

    /** @throws IllegalArgumentException when there is no thread */
    public LoaderThreads {
        if (count < 1) {
            throw new IllegalArgumentException("at least 1 thread prepares samples, found " + count);
        }
    }

    /**
     * What a stage takes; empty where its samples are not prepared ahead.
     *
     * @param engine that computes meanwhile
     * @param cores that the stage may use, at least 1
     */
    public static Optional<LoaderThreads> of(StageConfig stage, TensorEngine engine, int cores) {
        return stage instanceof LoadingStage loading && loading.ahead()
                ? Optional.of(of(loading.workers(), engine.onProcessor(), cores))
                : Optional.empty();
    }

    /**
     * The number that was asked for, or else the one that suits a device.
     *
     * @param asked the pipeline's {@code workers}
     * @param onProcessor whether the cores compute meanwhile, see {@link TensorEngine#onProcessor()}
     * @param cores that may be used, at least 1
     */
    static LoaderThreads of(Optional<Integer> asked, boolean onProcessor, int cores) {
        if (asked.isPresent()) {
            return new LoaderThreads(asked.get(), "as 'workers' says");
        }
        if (onProcessor) {
            return new LoaderThreads(1, "since the cores are busy with the network; 'workers' changes that");
        }
        return new LoaderThreads(Math.min(MOST, cores), "since the network computes elsewhere; 'workers' changes that");
    }

    /** A sentence for the log, without a full stop. */
    @Override
    public String toString() {
        return (count == 1 ? "1 thread prepares" : count + " threads prepare") + " samples ahead, " + why;
    }
}
