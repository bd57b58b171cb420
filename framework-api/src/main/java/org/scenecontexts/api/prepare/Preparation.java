package org.scenecontexts.api.prepare;

import java.util.Map;

/**
 * Turns raw data into prepared data, on disk.
 *
 * <p>A preparation can be stopped at any time and run again: files that are complete are kept, others are made. It writes
 * every file under a temporary name first, and it works in parallel with the threads of the context it was created with
 * ({@link org.scenecontexts.api.plugin.BuildContext#parallel()}).
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Preparation {

    /**
     * Does the work, or what is left of it.
     *
     * @param progress told how far the work is
     * @return figures to report, by name: files made, files kept, files left out
     * @throws org.scenecontexts.api.data.CloudException when raw data is missing or malformed; the message names the file,
     *     the place and the remedy
     */
    Map<String, Double> run(WorkProgress progress);
}
