package org.scenecontexts.api.metrics;

import java.nio.file.Path;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.task.ScenePrediction;

/**
 * Writes predictions in a format of its own, scene by scene.
 *
 * <p>Called from one thread, in the order of the data set.
 *
 * @since 0.2
 */
public interface Exporter {

    /**
     * Writes one scene.
     *
     * @param folder where files belong; made when the first is written with the framework's writers
     * @param name for the files of this scene, without extension; no two scenes share one
     * @param scene the original scene
     * @param points what the network saw of it
     * @param prediction what the network said
     */
    void write(Path folder, String name, Scene scene, SampledPoints points, ScenePrediction prediction);
}
