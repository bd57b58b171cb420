package org.scenecontexts.sparseconv.map;

import org.scenecontexts.api.engine.Parallel;

/**
 * What kernel maps are built with. Neither threads nor memory change what is built.
 *
 * @param parallel threads that share the work
 * @param memory where the arrays come from and, when their pyramid is closed, go back to
 * @since 0.1
 */
public record MapResources(Parallel parallel, MapMemory memory) {

    /** The calling thread and memory of its own, for maps that are built once. */
    public static MapResources plain() {
        return new MapResources(Parallel.sequential(), new MapMemory());
    }
}
