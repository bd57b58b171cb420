package org.scenecontexts.runtime.load;

import java.util.random.RandomGenerator;
import org.scenecontexts.runtime.run.Chance;

/**
 * The endless order in which training visits examples: a fresh permutation in every epoch, all of it decided by the seed,
 * so that a position is all that a checkpoint needs to keep.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class SampleOrder {

    private final int size;
    private final Chance chance;
    private int[] permutation = {};
    private long permuted = -1;

    /**
     * @param size number of examples, at least 1
     * @param chance where the permutations come from
     */
    public SampleOrder(int size, Chance chance) {
        if (size < 1) {
            throw new IllegalArgumentException("an order needs at least one example, found " + size);
        }
        this.size = size;
        this.chance = chance;
    }

    /** How often all examples have been visited before a position. */
    public long epoch(long position) {
        return position / size;
    }

    /**
     * The example at a position.
     *
     * @param position from 0, without end
     */
    public synchronized int example(long position) {
        long epoch = epoch(position);
        if (epoch != permuted) {
            permutation = permutation(epoch);
            permuted = epoch;
        }
        return permutation[(int) (position % size)];
    }

    private int[] permutation(long epoch) {
        RandomGenerator random = chance.at(epoch).random();
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
