package org.scenecontexts.io.torch;

import java.nio.file.Path;
import org.scenecontexts.api.data.CloudException;

/**
 * Says why a PyTorch file cannot be used: the file, the place in it, what is wrong and what to do.
 *
 * @since 0.1
 */
public final class TorchFormatException extends CloudException {

    private static final long serialVersionUID = 1L;

    static final String DAMAGED = "the file is damaged or truncated: copy or write it again";

    TorchFormatException(Path file, String place, String problem, String remedy) {
        super(message(file, place, problem, remedy));
    }

    TorchFormatException(Path file, String place, String problem, String remedy, Throwable cause) {
        super(message(file, place, problem, remedy), cause);
    }

    private static String message(Path file, String place, String problem, String remedy) {
        return file + ": " + place + ": " + problem + "; " + remedy;
    }
}
