package org.scenecontexts.api.point;

import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Rows of several scenes as a tensor, so that neighbours can be sought among them and gradients reach them: positions,
 * places that a network has moved, or features.
 *
 * @param rows {@code [offsets[B], C]}
 * @param offsets first row of each scene, {@code [B + 1]}, not decreasing, from 0; not copied
 * @since 0.2
 */
public record Points(Tensor rows, int[] offsets) {

    /** @throws IllegalArgumentException when offsets and rows do not fit together */
    public Points {
        PointRows.checkOffsets(offsets);
        if (rows.rows() != offsets[offsets.length - 1]) {
            throw new IllegalArgumentException(
                    "offsets that end with " + offsets[offsets.length - 1] + " were given with " + rows);
        }
    }

    /** The positions of a batch. */
    public static Points of(TensorEngine engine, PointBatch batch) {
        return new Points(Backbone.positions(engine, batch), batch.offsets());
    }

    /** Number of scenes, B. */
    public int scenes() {
        return offsets.length - 1;
    }

    /** The same scenes with other rows, as many: features of these points, say. */
    public Points with(Tensor otherRows) {
        return new Points(otherRows, offsets);
    }

    /** Some of the rows; their gradient goes to these. */
    public Points select(Picks picks) {
        return new Points(rows.gatherRows(picks.rows()), picks.offsets());
    }

    /** What kernels are given. */
    PointRows forKernels() {
        return new PointRows(rows.buffer(), rows.columns(), offsets);
    }

    /**
     * Rows that were picked.
     *
     * @param rows of the whole stack, scene by scene
     * @param offsets first pick of each scene, {@code [B + 1]}
     */
    public record Picks(Indices rows, int[] offsets) implements AutoCloseable {

        /** Gives the indices back; nothing that was recorded may still need them. */
        @Override
        public void close() {
            rows.release();
        }
    }
}
