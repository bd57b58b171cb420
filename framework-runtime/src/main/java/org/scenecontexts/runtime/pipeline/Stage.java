package org.scenecontexts.runtime.pipeline;

import java.util.Map;
import org.scenecontexts.runtime.config.Position;

/**
 * One step of a pipeline.
 *
 * @param id unique in the pipeline; names the stage's folder
 * @param seed what the chance of this stage starts from
 * @param config what to do
 * @param base the id as written, which the cells of a matrix share
 * @param cell the matrix values that this stage depends on, by axis; empty without a matrix
 * @param position where the stage is written
 * @since 0.1
 */
public record Stage(
        String id, long seed, StageConfig config, String base, Map<String, String> cell, Position position) {

    public Stage {
        cell = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(cell));
    }
}
