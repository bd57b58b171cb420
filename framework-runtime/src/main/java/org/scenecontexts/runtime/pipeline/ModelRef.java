package org.scenecontexts.runtime.pipeline;

import java.nio.file.Path;

/**
 * A trained model that a stage reads: one that an earlier stage made ({@code ${semseg}}, {@code ${semseg.best}}) or a
 * file.
 *
 * @since 0.1
 */
public sealed interface ModelRef {

    /** Which checkpoint of a stage. */
    enum Checkpoint {
        /** The state after the last iteration. */
        LAST,
        /** The state that was best on the validation data. */
        BEST
    }

    /**
     * The model of an earlier stage of the same pipeline.
     *
     * @param stage its id
     */
    record OfStage(String stage, Checkpoint checkpoint) implements ModelRef {}

    /**
     * A model in a file.
     *
     * @param path a checkpoint, or the folder of a stage in a run folder, as written
     */
    record OfFile(Path path) implements ModelRef {}
}
