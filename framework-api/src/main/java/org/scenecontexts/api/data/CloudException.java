package org.scenecontexts.api.data;

/**
 * A point cloud or another data file cannot be used. The message names the file, the place in it, what was expected and
 * what to do.
 *
 * @since 0.1
 */
public class CloudException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CloudException(String message) {
        super(message);
    }

    public CloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
