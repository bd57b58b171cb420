package org.scenecontexts.pointgroup.cluster;

/**
 * One object that a network may have found.
 *
 * @param label class, {@code 0 .. K-1}
 * @param confidence larger is surer; a mean of raw scores, so neither a probability nor bounded
 * @param points its points, ascending
 * @since 0.2
 */
public record Proposal(int label, double confidence, int[] points) {}
