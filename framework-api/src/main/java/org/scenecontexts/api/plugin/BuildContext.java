package org.scenecontexts.api.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.pf4j.ExtensionPoint;
import org.scenecontexts.api.engine.Parallel;

/**
 * What the framework lends to a plugin that is being created.
 *
 * @since 0.1
 */
public interface BuildContext {

    /** Random numbers that depend on the pipeline's seed and on the place of this plugin in the pipeline only. */
    RandomGenerator random();

    /** Threads for work that a plugin does while it is created or while data is loaded. */
    Parallel parallel();

    /**
     * A file named in a pipeline; relative names start at the working directory.
     *
     * @return an absolute path; the file need not exist
     */
    Path resolve(Path path);

    /**
     * What other plugins offer of a kind that no pipeline names, such as readers of file formats.
     *
     * @param type the extension point, an interface
     * @return in the order of the plugins; none where nothing is lent
     */
    default <T extends ExtensionPoint> List<T> extensions(Class<T> type) {
        return List.of();
    }

    /**
     * Tells the user something that is not an error. Shown once per distinct text.
     *
     * @param message what was found, what it means and what to do
     */
    void warn(String message);
}
