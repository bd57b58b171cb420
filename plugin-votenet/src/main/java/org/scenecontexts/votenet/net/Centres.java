package org.scenecontexts.votenet.net;

/**
 * Which votes are the centres of proposals (REFERENCE 8.1).
 *
 * @since 0.2
 */
public enum Centres {
    /** Well-spread votes. */
    VOTES,
    /** The votes of well-spread seeds. */
    SEEDS,
    /** Votes by chance. */
    RANDOM
}
