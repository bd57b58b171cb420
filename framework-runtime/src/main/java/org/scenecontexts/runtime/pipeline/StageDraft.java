package org.scenecontexts.runtime.pipeline;

import java.util.Map;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Position;

/**
 * A stage whose shape is known but whose keys are not bound yet.
 *
 * @param index place in the list as written
 * @param id with the cell of a matrix
 * @param base the id as written
 * @param seed as written, here or for the whole pipeline
 * @param keys with defaults merged in
 * @param kindAt where the kind is written
 */
record StageDraft(
        int index,
        String id,
        String base,
        Map<String, String> cell,
        Node seed,
        StageKind kind,
        Node.Mapping keys,
        Position kindAt,
        Position position) {}
