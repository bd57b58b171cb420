package org.scenecontexts.api.prepare;

/**
 * Hears how far a long piece of work is.
 *
 * <p>May be called from any thread of the work.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WorkProgress {

    /**
     * A piece is done.
     *
     * @param done pieces done so far
     * @param total pieces in all, as far as known
     * @param what the piece, in a few words
     */
    void at(long done, long total, String what);

    /** Tells nobody. */
    static WorkProgress none() {
        return (done, total, what) -> {};
    }
}
