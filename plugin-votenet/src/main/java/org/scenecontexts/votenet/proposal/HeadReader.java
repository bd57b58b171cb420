package org.scenecontexts.votenet.proposal;

/**
 * Takes the head's rows apart (REFERENCE 8.1): residuals become radians and metres, centres are where votes met plus what the
 * head adds.
 *
 * @since 0.2
 */
public final class HeadReader {

    private final BoxCoding coding;
    private final HeadColumns columns;

    /** @param classes number of classes */
    public HeadReader(BoxCoding coding, int classes) {
        this.coding = coding;
        columns = HeadColumns.of(coding, classes);
    }

    /** Numbers per row. */
    public int width() {
        return columns.width();
    }

    /**
     * What the rows say.
     *
     * @param places where the votes of each proposal met, {@code [K, 3]}, metres
     * @param head {@code [K, width]}
     */
    public ProposalScores read(float[] places, float[] head) {
        float[] centres = columns(head, HeadColumns.CENTRE, 3);
        for (int i = 0; i < centres.length; i++) {
            centres[i] += places[i];
        }
        int headings = columns.headings();
        float[] turns = columns(head, columns.headingResiduals(), headings);
        for (int i = 0; i < turns.length; i++) {
            turns[i] *= (float) (Math.PI / headings);
        }
        int sizes = columns.sizes();
        float[] lengths = columns(head, columns.sizeResiduals(), 3 * sizes);
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] *= (float) coding.meanSizes()[i / 3 % sizes][i % 3];
        }
        return new ProposalScores(
                centres,
                columns(head, HeadColumns.OBJECTNESS, 2),
                columns(head, HeadColumns.HEADINGS, headings),
                turns,
                columns(head, columns.sizeScores(), sizes),
                lengths,
                columns(head, columns.semantic(), columns.classes()));
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
