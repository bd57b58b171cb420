package org.scenecontexts.sparseconv.map;

import org.scenecontexts.api.engine.Parallel;

/**
 * What kernel maps are built with. None of it changes what is built.
 *
 * @param parallel threads that share the work
 * @param memory where the arrays come from and, when their pyramid is closed, go back to
 * @param deferred whether pairs are found only when somebody asks for them, by the thread that does
 * @since 0.1
 */
public record MapResources(Parallel parallel, MapMemory memory, boolean deferred) {

    /** Pairs that are found with their maps. */
    public MapResources(Parallel parallel, MapMemory memory) {
        this(parallel, memory, false);
    }

    /** The calling thread and memory of its own, for maps that are built once. */
    public static MapResources plain() {
        return new MapResources(Parallel.sequential(), new MapMemory());
    }
}
