package org.scenecontexts.api.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a training ended.
 *
 * @param at the last step
 * @param stopped why a hook stopped it before all steps were made
 * @param figures the final figures, as in {@code metrics.json}
 * @since 0.1
 */
public record TrainingEnd(TrainingProgress at, Optional<String> stopped, Map<String, Object> figures) {

    public TrainingEnd {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
