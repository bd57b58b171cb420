package org.scenecontexts.votenet.loss;

import org.scenecontexts.api.tensor.Tensor;

/**
 * Where the seeds of a batch should vote, on the engine (REFERENCE 8.4).
 *
 * @param places where the seeds are, {@code [B * S, 3]}, metres
 * @param ways three ways from each seed to where it should vote, metres, and 1 where it should or 0 where it should not, {@code
 *     [B * S, 10]}
 * @since 0.2
 */
public record SeedTargets(Tensor places, Tensor ways) implements AutoCloseable {

    /** @throws IllegalArgumentException when there are not ten numbers for each seed */
    public SeedTargets {
        if (ways.rows() != places.rows() || ways.columns() != BoxLossKernels.WAYS) {
            throw new IllegalArgumentException("for seeds at " + places + " targets [" + places.rows() + ", "
                    + BoxLossKernels.WAYS + "] are expected, found " + ways);
        }
    }

    /** Number of seeds, B * S. */
    public int count() {
        return places.rows();
    }

    /** Gives both back; the loss has been computed. */
    @Override
    public void close() {
        places.release();
        ways.release();
    }
}
