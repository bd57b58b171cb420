package org.scenecontexts.votenet.proposal;

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

    /** The logit for nothing; that for something follows. */
    public static final int OBJECTNESS = 0;
    /** What is added to where the votes of a proposal met, metres. */
    public static final int CENTRE = 2;
    /** Scores of directions. */
    public static final int HEADINGS = 5;

    /** Those of boxes that are coded in this way. */
    public static HeadColumns of(BoxCoding coding, int classes) {
        return new HeadColumns(coding.headings(), coding.meanSizes().length, classes);
    }

    /** What is left beside each direction, in halves of a bin. */
    public int headingResiduals() {
        return HEADINGS + headings;
    }

    /** Scores of typical sizes. */
    public int sizeScores() {
        return HEADINGS + 2 * headings;
    }

    /** What is left beside each typical size, in shares of it; three for each. */
    public int sizeResiduals() {
        return sizeScores() + sizes;
    }

    /** Logits of classes. */
    public int semantic() {
        return sizeScores() + 4 * sizes;
    }

    /** Width of a row. */
    public int width() {
        return semantic() + classes;
    }
}
