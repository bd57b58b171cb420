package org.scenecontexts.runtime.pipeline;

/**
 * A run ended early because it was asked to. The message says how far it came and how it goes on.
 *
 * @since 0.1
 */
public class RunStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunStoppedException(String message) {
        super(message);
    }
}
