package org.scenecontexts.runtime.run;

import java.util.random.RandomGenerator;

/**
 * Random numbers whose state can be kept in a checkpoint, so that a resumed training draws what the uninterrupted one
 * would have drawn. The algorithm is xoshiro256++ (Blackman and Vigna, 2019).
 *
 * @since 0.1
 */
public final class SavedRandom implements RandomGenerator {

    private static final int WORDS = 4;

    private final long[] state = new long[WORDS];

    /** Numbers that follow from a seed. */
    public SavedRandom(long seed) {
        long at = seed;
        for (int i = 0; i < WORDS; i++) {
            at += 0x9E3779B97F4A7C15L;
            state[i] = Chance.mix(at);
        }
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(state[0] + state[3], 23) + state[0];
        long shifted = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= shifted;
        state[3] = Long.rotateLeft(state[3], 45);
        return result;
    }

    /** The state as text. */
    public String save() {
        return "%016x%016x%016x%016x".formatted(state[0], state[1], state[2], state[3]);
    }

    /**
     * Goes on from a saved state.
     *
     * @throws IllegalArgumentException when the text is no state
     */
    public void restore(String saved) {
        if (!saved.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "the state of a random generator is 64 hexadecimal digits, found '" + saved + "'");
        }
        for (int i = 0; i < WORDS; i++) {
            state[i] = Long.parseUnsignedLong(saved, 16 * i, 16 * (i + 1), 16);
        }
    }
}
