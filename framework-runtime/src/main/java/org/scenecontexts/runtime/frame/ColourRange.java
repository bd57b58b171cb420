package org.scenecontexts.runtime.frame;

/**
 * What the colours of a scene reach.
 *
 * @param least the smallest of all channels, 0 to 255
 * @param most the largest
 */
record ColourRange(double least, double most) {

    /** @param colours {@code [N, 3]}, at least one */
    static ColourRange of(float[] colours) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float colour : colours) {
            if (Float.isFinite(colour)) {
                least = Math.min(least, colour);
                most = Math.max(most, colour);
            }
        }
        return new ColourRange(least, most);
    }

    /** Whether colours tell nothing. */
    boolean flat() {
        return !(most > least);
    }
}
