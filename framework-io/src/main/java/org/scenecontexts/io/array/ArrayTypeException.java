package org.scenecontexts.io.array;

import org.scenecontexts.api.data.CloudException;

/**
 * An array holds what is no number and no text: Python objects, dates, complex numbers. The file is whole, so that its other
 * arrays can be used.
 *
 * @since 0.1
 */
public final class ArrayTypeException extends CloudException {

    private static final long serialVersionUID = 1L;

    ArrayTypeException(String message) {
        super(message);
    }
}
