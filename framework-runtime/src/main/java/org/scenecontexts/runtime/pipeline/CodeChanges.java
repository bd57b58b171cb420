package org.scenecontexts.runtime.pipeline;

import java.util.List;

/**
 * Decides what becomes of the results of a stage when only code has changed since: nobody but the user knows whether the
 * change matters, and hours may hang on it.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CodeChanges {

    /** What to do with the results. */
    enum Answer {
        /** Keep them, and warn whenever this comes up. */
        KEEP,
        /** Keep them, and put on record that this code makes no difference to them. */
        ACCEPT,
        /** Move them out of the way and run the stage again. */
        RUN_AGAIN,
        /** End here, with nothing changed. */
        STOP
    }

    /**
     * Asks about one stage.
     *
     * @param stage its id
     * @param finished whether it has ended; otherwise it would go on where it was
     * @param changes what has changed, one line each: at least one
     */
    Answer about(String stage, boolean finished, List<String> changes);
}
