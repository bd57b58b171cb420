package org.scenecontexts.votenet.proposal;

/**
 * Takes the head's rows apart (REFERENCE 8.1): residuals become radians and metres, centres are where votes met plus what the
 * head adds.
 *
 * @since 0.2
 */
public final class HeadReader {

    private final BoxCoding coding;
    private final int classes;

    /** @param classes number of classes */
    public HeadReader(BoxCoding coding, int classes) {
        this.coding = coding;
        this.classes = classes;
    }

    /** Numbers per row. */
    public int width() {
        return coding.channels(classes);
    }

    /**
     * What the rows say.
     *
     * @param places where the votes of each proposal met, {@code [K, 3]}, metres
     * @param head {@code [K, width]}
     */
    public ProposalScores read(float[] places, float[] head) {
        int headings = coding.headings();
        int sizes = coding.meanSizes().length;
        float[] centres = columns(head, 2, 3);
        for (int i = 0; i < centres.length; i++) {
            centres[i] += places[i];
        }
        float[] turns = columns(head, 5 + headings, headings);
        for (int i = 0; i < turns.length; i++) {
            turns[i] *= (float) (Math.PI / headings);
        }
        int at = 5 + 2 * headings;
        float[] lengths = columns(head, at + sizes, 3 * sizes);
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] *= (float) coding.meanSizes()[i / 3 % sizes][i % 3];
        }
        return new ProposalScores(
                centres,
                columns(head, 0, 2),
                columns(head, 5, headings),
                turns,
                columns(head, at, sizes),
                lengths,
                columns(head, at + 4 * sizes, classes));
    }

    private float[] columns(float[] head, int from, int count) {
        int rows = head.length / width();
        float[] values = new float[rows * count];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(head, row * width() + from, values, row * count, count);
        }
        return values;
    }
}
