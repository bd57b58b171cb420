package org.scenecontexts.api.point;

import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Neighbours that were found: the same number for every query. They stay on the device.
 *
 * <p>What was recorded over them needs them until its backward pass is over. Close them then, as with {@link
 * org.scenecontexts.api.data.PointBatch#derived}, which closes what it keeps with the batch; those that are never closed are
 * left to the garbage collector.
 *
 * @param queries number of queries, Q
 * @param count neighbours of each
 * @param index rows of the whole stack, {@code [Q * count]}
 * @param squared squared distances, {@code [Q, count]}, without gradient; infinite in places that no neighbour fills. Empty,
 *     {@code [0]}, where they were not asked for
 * @since 0.2
 */
public record Neighbours(int queries, int count, Indices index, Tensor squared) implements AutoCloseable {

    /** @throws IllegalArgumentException when the parts do not fit together */
    public Neighbours {
        if (index.length() != queries * count || (squared.size() != 0 && squared.size() != queries * count)) {
            throw new IllegalArgumentException(count + " neighbours of " + queries + " queries were given as "
                    + index.length() + " rows and " + squared.size() + " distances");
        }
    }

    @Override
    public void close() {
        index.release();
        squared.release();
    }
}
