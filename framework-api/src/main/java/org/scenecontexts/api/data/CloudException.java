package org.scenecontexts.api.data;

import org.scenecontexts.api.text.Printable;

/**
 * A point cloud or another data file cannot be used. The message names the file, the place in it, what was expected and
 * what to do. Control characters in it are shown as escapes ({@link Printable}).
 *
 * @since 0.1
 */
public class CloudException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CloudException(String message) {
        super(Printable.text(message));
    }

    public CloudException(String message, Throwable cause) {
        super(Printable.text(message), cause);
    }
}
