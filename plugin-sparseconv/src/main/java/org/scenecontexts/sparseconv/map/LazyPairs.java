package org.scenecontexts.sparseconv.map;

import java.util.function.Supplier;

/**
 * The pairs of a map, found when somebody first asks for them: kernels of a device that make their own never do. Safe for
 * several threads; those that ask while they are found wait.
 */
final class LazyPairs {

    private final Supplier<PairTable> find;
    private volatile PairTable found;
    private boolean given;

    private LazyPairs(Supplier<PairTable> find, PairTable found) {
        this.find = find;
        this.found = found;
    }

    /** Pairs that are there. */
    static LazyPairs of(PairTable found) {
        return new LazyPairs(() -> found, found);
    }

    /** @param find is asked once at most; it must be able to run on a thread that works for somebody else */
    static LazyPairs later(Supplier<PairTable> find) {
        return new LazyPairs(find, null);
    }

    /** @throws IllegalStateException when they were given back before anybody had asked */
    PairTable get() {
        PairTable table = found;
        return table != null ? table : find();
    }

    private synchronized PairTable find() {
        if (given) {
            throw KernelMap.closed();
        }
        if (found == null) {
            found = find.get();
        }
        return found;
    }

    /** Gives what was found back, see {@link PairTable#giveBack}; once. */
    synchronized void giveBack() {
        if (!given) {
            given = true;
            if (found != null) {
                found.giveBack();
            }
        }
    }
}
