package org.scenecontexts.contrastive.loss;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.Written;
import org.scenecontexts.contrastive.partition.Partitioner;

/**
 * The contrastive losses with their gradients in closed form, so that a device can bring its own.
 *
 * <p>Gradients are those of the loss itself; whoever goes backward multiplies them. Buffers may be longer than needed, and
 * slices; what is written shares no memory with anything else. Results do not depend on the number of threads.
 *
 * @since 0.2
 */
public interface ContrastKernels {

    /**
     * PointInfoNCE within one group of matches, in every spatial context: for anchor i and context c the cross-entropy of
     * its match among {@code {i} + {j : context(i, j) = c}}, similarities divided by the temperature (REFERENCE 4.3).
     *
     * @param points matches, n, at least 1
     * @param channels of the features
     * @param queries {@code [n, channels]}
     * @param keys {@code [n, channels]}; row i matches row i of the queries
     * @param partitioner sorts points into contexts around an anchor
     * @param positions of the queries, {@code [n, 3]}, z up, on the host, which knows them
     * @param inverseTemperature 1 / temperature
     * @param weights weight of the mean loss of each context, {@code [P]}
     * @param gradQueries {@code [n, channels]}
     * @param gradKeys {@code [n, channels]}
     * @param losses {@code [1 + P]}: the weighted sum, then the mean loss of each context
     */
    record InfoNce(
            int points,
            int channels,
            Buffer queries,
            Buffer keys,
            Partitioner partitioner,
            float[] positions,
            float inverseTemperature,
            float[] weights,
            @Written Buffer gradQueries,
            @Written Buffer gradKeys,
            @Written Buffer losses) {}

    /** Computes PointInfoNCE. */
    void infoNce(InfoNce call);

    /**
     * The hardest-contrastive loss: {@code mean(max(0, |f - s|^2 - positiveMargin)) + negativeWeight / 2 * sum over both
     * sides of mean(max(0, negativeMargin - d)^2)}, where d is the distance to the nearest candidate of the other view, and
     * points whose nearest candidate is a match of theirs do not count (PointContrast, section 3.3).
     *
     * @param channels of the features
     * @param first features of the first points of the matches, {@code [n, channels]}
     * @param second features of their second points
     * @param candidates0 features of the candidates of the first views
     * @param candidates1 features of the candidates of the second views
     * @param rows rows of all these, in the same order
     * @param margins what is near and far enough
     * @param gradFirst gradient of {@code first}, and so on
     * @param losses {@code [3]}: the loss, the part of the matches, the part of the negatives, unweighted
     */
    record Hardest(
            int channels,
            Buffer first,
            Buffer second,
            Buffer candidates0,
            Buffer candidates1,
            Rows rows,
            Margins margins,
            @Written Buffer gradFirst,
            @Written Buffer gradSecond,
            @Written Buffer gradCandidates0,
            @Written Buffer gradCandidates1,
            @Written Buffer losses) {}

    /**
     * Row numbers, on the host, which drew them, and where values lie.
     *
     * @param host on the heap
     * @param there the same for kernels
     */
    record RowList(int[] host, Indices there) {

        /** Brings rows of tensors with so many rows to an engine. */
        static RowList of(TensorEngine engine, int[] host, int rows) {
            return new RowList(host, engine.indices(host, rows));
        }

        /** How many there are. */
        public int length() {
            return host.length;
        }
    }

    /**
     * Rows in the two views.
     *
     * @param first of the chosen matches, {@code [n]}
     * @param second of the chosen matches, {@code [n]}
     * @param candidates0 of the candidates of the first views
     * @param candidates1 of the candidates of the second views
     * @param matchFirst of all matches there are
     * @param matchSecond of all matches there are
     */
    record Rows(
            RowList first,
            RowList second,
            RowList candidates0,
            RowList candidates1,
            RowList matchFirst,
            RowList matchSecond) {}

    /**
     * What is near and far enough.
     *
     * @param positive squared distance below which a match is close enough
     * @param negative distance beyond which a negative is far enough
     * @param negativeWeight weight of the negatives
     */
    record Margins(double positive, double negative, double negativeWeight) {}

    /** Computes the hardest-contrastive loss. */
    void hardest(Hardest call);

    /**
     * The share of points whose nearest feature among some rows of the other view, the first on ties, lies within a radius
     * of where it should. What the host knows already is given to it there.
     *
     * @param queries number of points asked for; 0 gives not-a-number
     * @param channels of the features
     * @param features0 features of the first views
     * @param features1 features of the second views
     * @param row row of each point in the first views, {@code [queries]}
     * @param from first row of the second views that counts for it
     * @param to last row of the second views that counts for it
     * @param truth row of the second views that it should find
     * @param positions1 of the rows of the second views, {@code [M1, 3]}
     * @param radius in the unit of the positions
     * @param share {@code [1]}
     */
    record Recall(
            int queries,
            int channels,
            Buffer features0,
            Buffer features1,
            int[] row,
            int[] from,
            int[] to,
            int[] truth,
            float[] positions1,
            double radius,
            @Written Buffer share) {}

    /** Measures how well features find places again. */
    void recall(Recall call);
}
