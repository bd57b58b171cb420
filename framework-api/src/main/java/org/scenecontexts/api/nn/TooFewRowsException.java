package org.scenecontexts.api.nn;

/**
 * A layer cannot train on so few rows, as batch norm cannot on one, whose variance is undefined. Training leaves the scene
 * out and says so; layers of plugins may throw it too.
 *
 * @since 0.1
 */
public final class TooFewRowsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message how many rows were found, how many are needed, and what to do */
    public TooFewRowsException(String message) {
        super(message);
    }
}
