package org.scenecontexts.api.backbone;

import java.util.Arrays;
import java.util.Optional;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;

/** Which rows of a batch its seeds lie at, kept with the batch so that they are found, and brought to the host, once. */
final class SpreadRows implements AutoCloseable {

    private final Indices index;
    private final int[] offsets;
    private final Tensor places;
    private int[] rows = {};
    private float[] positions = {};

    private SpreadRows(Indices index, int[] offsets, Tensor places) {
        this.index = index;
        this.offsets = offsets;
        this.places = places;
    }

    /**
     * @param points the positions of the batch
     * @param count per scene
     */
    static SpreadRows of(Points points, PointBatch batch, int count) {
        TensorEngine engine = points.rows().engine();
        int[] wanted = new int[batch.scenes()];
        int[] offsets = new int[batch.scenes() + 1];
        for (int b = 0; b < wanted.length; b++) {
            wanted[b] = Math.min(count, batch.offsets()[b + 1] - batch.offsets()[b]);
            offsets[b + 1] = offsets[b] + count;
        }
        Indices found = neighbourhoods(engine)
                .map(near -> near.farthest(points, wanted).rows())
                .orElseGet(() -> engine.indices(FarthestRows.of(batch, wanted), batch.rows()));
        Indices index = found;
        if (Arrays.stream(wanted).anyMatch(some -> some < count)) {
            index = engine.indices(again(found.toArray(), wanted, count), batch.rows());
            found.release();
        }
        return new SpreadRows(index, offsets, points.rows().gatherRows(index));
    }

    /** Empty where no plugin brings the kernels; then the plain search serves. */
    private static Optional<Neighbourhoods> neighbourhoods(TensorEngine engine) {
        try {
            return Optional.of(new Neighbourhoods(engine));
        } catch (IllegalStateException nobodyOffersThem) {
            return Optional.empty();
        }
    }

    /** The rows of each scene over and over, until there are {@code count}. */
    private static int[] again(int[] found, int[] wanted, int count) {
        int[] rows = new int[wanted.length * count];
        int from = 0;
        for (int b = 0; b < wanted.length; b++) {
            for (int i = 0; i < count; i++) {
                rows[b * count + i] = found[from + i % wanted[b]];
            }
            from += wanted[b];
        }
        return rows;
    }

    Indices index() {
        return index;
    }

    int[] offsets() {
        return offsets;
    }

    /** A view of its own for everyone who asks: who gives it back does not take it from the next. */
    Points places() {
        return new Points(places.viewAs(places.shape()), offsets);
    }

    synchronized int[] rows() {
        if (rows.length == 0) {
            rows = index.toArray();
        }
        return rows;
    }

    synchronized float[] positions(PointBatch batch) {
        if (positions.length == 0) {
            int[] at = rows();
            positions = new float[3 * at.length];
            for (int i = 0; i < at.length; i++) {
                System.arraycopy(batch.positions(), 3 * at[i], positions, 3 * i, 3);
            }
        }
        return positions;
    }

    @Override
    public void close() {
        index.release();
        places.release();
    }
}
