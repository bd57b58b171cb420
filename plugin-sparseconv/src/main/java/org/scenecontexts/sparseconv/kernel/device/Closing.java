package org.scenecontexts.sparseconv.kernel.device;

import java.util.List;
import org.scenecontexts.api.engine.Indices;

/** Gives what lies on a device back as soon as the batch that it belongs to is closed. */
final class Closing {

    private Closing() {}

    /** Closes those that can be closed; the others are the garbage collector's. */
    static void all(Indices... indices) {
        all(List.of(indices));
    }

    /** The same for a list. */
    static void all(List<Indices> indices) {
        for (Indices each : indices) {
            if (each instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    throw new IllegalStateException(
                            "indices on device '" + each.device() + "' cannot be given back", e);
                }
            }
        }
    }
}
