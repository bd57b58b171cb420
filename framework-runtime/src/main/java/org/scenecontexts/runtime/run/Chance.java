package org.scenecontexts.runtime.run;

import java.nio.charset.StandardCharsets;

/**
 * A place in the tree of all random numbers of a run: every use of chance has its own place, named from the seed down, so
 * that no use changes another and nothing depends on threads or on the order of work.
 *
 * @param seed what the numbers of this place start from
 * @since 0.1
 */
public record Chance(long seed) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** The place of that name below this one. */
    public Chance at(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return at(hash);
    }

    /** The place of that number below this one. */
    public Chance at(long number) {
        return new Chance(mix(mix(seed + GOLDEN) ^ (number * GOLDEN + 0x632BE59BD9B4E019L)));
    }

    /** Random numbers that start here; equal places give equal numbers. */
    public SavedRandom random() {
        return new SavedRandom(seed);
    }

    /** The finaliser of SplitMix64: neighbouring numbers come out unrelated. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
