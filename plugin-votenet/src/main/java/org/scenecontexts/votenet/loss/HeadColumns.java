package org.scenecontexts.votenet.loss;

/**
 * Where things stand in a row of the head's output (REFERENCE 8.1): objectness, centre, scores and residuals of directions,
 * scores and residuals of sizes, classes.
 *
 * @param headings number of directions
 * @param sizes number of typical sizes
 * @param classes number of classes
 * @since 0.2
 */
public record HeadColumns(int headings, int sizes, int classes) {

    static final int OBJECTNESS = 0;
    static final int CENTRE = 2;
    static final int HEADINGS = 5;

    int headingResiduals() {
        return HEADINGS + headings;
    }

    int sizeScores() {
        return HEADINGS + 2 * headings;
    }

    int sizeResiduals() {
        return sizeScores() + sizes;
    }

    int semantic() {
        return sizeScores() + 4 * sizes;
    }

    /** Width of a row. */
    public int width() {
        return semantic() + classes;
    }
}
