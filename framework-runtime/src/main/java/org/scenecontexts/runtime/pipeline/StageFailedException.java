package org.scenecontexts.runtime.pipeline;

/**
 * A stage could not be finished. The message names the stage, what happened and what to do.
 *
 * @since 0.1
 */
public class StageFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StageFailedException(String message) {
        super(message);
    }

    public StageFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
