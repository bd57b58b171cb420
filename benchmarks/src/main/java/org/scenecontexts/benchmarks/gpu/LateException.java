package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;

/** Tells that there is no time left, which is no fault of what was being done. */
final class LateException extends IOException {

    private static final long serialVersionUID = 1L;

    LateException(String message) {
        super(message);
    }
}
