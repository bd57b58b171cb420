package org.scenecontexts.api.train;

import java.nio.file.Path;
import java.util.Map;

/**
 * A training under way, as {@link TrainingHook#begin} gets it and as hooks may keep it until the end.
 *
 * @since 0.1
 */
public interface TrainingRun {

    /** Id of the stage. */
    String stage();

    /** The stage's keys with every default, as YAML; for those who record what was trained. */
    String configuration();

    /** The step made last: iteration 0 unless the training was resumed. */
    TrainingProgress start();

    /** Optimizer steps in one pass through the data set. */
    double iterationsPerEpoch();

    /** The stage's folder, where a hook's own files go; it exists. */
    Path folder();

    /**
     * Ends the training after the step under way, as if it had been the last one: measured, written, finished.
     *
     * @param reason told to the user and kept in {@code metrics.json}; the first one counts
     */
    void stop(String reason);

    /**
     * Writes the network as a checkpoint for users, {@code checkpoints/NAME.safetensors}, with the values that {@link
     * TrainingHook#beforeUse} puts in place.
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}; not one that the framework writes itself
     * @param about text for its metadata; nothing that depends on time, place or threads
     * @return the file
     */
    Path save(String name, Map<String, String> about);

    /** As {@link #save}, with the values that are being trained. */
    Path saveTrained(String name, Map<String, String> about);
}
