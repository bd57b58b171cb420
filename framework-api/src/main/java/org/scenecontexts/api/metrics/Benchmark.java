package org.scenecontexts.api.metrics;

import java.nio.file.Path;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.task.ScenePrediction;

/**
 * Compares predictions with the truth over a whole data set, and writes what a benchmark server wants.
 *
 * <p>Created anew for every evaluation; called from one thread, in the order of the data set.
 *
 * @since 0.1
 */
public interface Benchmark {

    /**
     * Says, before the first scene, that files are wanted and where. A benchmark that writes one file per scene does so in
     * {@link #add} from then on and need not keep the scenes. Not called where only figures are wanted, as during training.
     */
    default void prepareExport(Path folder) {}

    /**
     * Takes one scene.
     *
     * @param scene the original scene with its labels
     * @param points what the network saw of it
     * @param prediction what the network said
     */
    void add(Scene scene, SampledPoints points, ScenePrediction prediction);

    /** The figures over all scenes so far. */
    Report report();

    /**
     * Writes what is left to write after the last scene, if anything.
     *
     * @param folder the one given to {@link #prepareExport}
     */
    default void export(Path folder) {}
}
