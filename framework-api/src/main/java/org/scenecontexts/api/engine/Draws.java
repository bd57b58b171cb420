package org.scenecontexts.api.engine;

/**
 * Says which chance an operator has, such as dropout: the seed of the training, its iteration, and the number of the
 * operator within the iteration.
 *
 * <p>Whoever drives a training calls {@link #begin} before the first forward pass of every optimizer step. Operators that
 * need chance take their numbers from {@link #next} in the order in which they are applied, from 0 on in every iteration and
 * on through its accumulated passes. A part that is {@linkplain org.scenecontexts.api.tensor.Recompute run again} in the
 * backward pass takes the numbers that it took the first time. Nothing else enters: the same network has the same masks on
 * every engine, and after a resume. Without {@link #begin} the numbers run on under seed 0, iteration 0.
 *
 * @since 0.2
 */
public final class Draws {

    private static final int DIGITS = 4;
    private static final int BITS = 16;

    private final TensorEngine engine;
    private Buffer numbers = Buffer.NONE;
    private long seed;
    private long iteration;
    private int next;

    /** @param engine keeps the numbers that kernels read */
    public Draws(TensorEngine engine) {
        this.engine = engine;
    }

    /**
     * Begins an iteration: the next operator has the number 0.
     *
     * @param newSeed of the training
     * @param newIteration 0 or more
     */
    public void begin(long newSeed, long newIteration) {
        seed = newSeed;
        iteration = newIteration;
        next = 0;
        if (numbers.capacity() > 0) {
            numbers.copyIn(0, digits(seed, iteration), 0, 2 * DIGITS);
        }
    }

    /** The number of the next operator, which it then has. */
    public int next() {
        return next++;
    }

    /** The number that the next operator will have. */
    public int position() {
        return next;
    }

    /** Goes back or forth, for a part that is run again. */
    public void position(int operator) {
        next = operator;
    }

    /** The iteration that has begun. */
    public long iteration() {
        return iteration;
    }

    /** Seed and iteration for kernels, {@code [8]}: always the same buffer, written when an iteration begins. */
    public Buffer numbers() {
        if (numbers.capacity() == 0) {
            numbers = engine.bufferOf(digits(seed, iteration));
        }
        return numbers;
    }

    /** Seed and iteration as four digits of 16 bits each, the lowest first, which float32 holds exactly. */
    public static float[] digits(long seed, long iteration) {
        float[] digits = new float[2 * DIGITS];
        for (int i = 0; i < DIGITS; i++) {
            digits[i] = (seed >>> (i * BITS)) & 0xFFFF;
            digits[DIGITS + i] = (iteration >>> (i * BITS)) & 0xFFFF;
        }
        return digits;
    }
}
