package org.scenecontexts.api.backbone;

import java.util.List;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.tensor.Tensor;

/** Rows of a batch that were chosen among chosen ones, brought to the host only for who asks. */
final class ChosenRows {

    private final List<Indices> steps;
    private int[] host = {};

    /** @param steps the first are rows of the batch, the others rows of the step before */
    ChosenRows(List<Indices> steps) {
        this.steps = steps;
    }

    /** Rows of the batch; not copied. */
    synchronized int[] host() {
        if (host.length == 0) {
            int[] rows = steps.getLast().toArray();
            for (int step = steps.size() - 2; step >= 0; step--) {
                int[] before = steps.get(step).toArray();
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = before[rows[i]];
                }
            }
            host = rows;
        }
        return host;
    }

    float[] positions(PointBatch batch) {
        int[] rows = host();
        float[] positions = new float[3 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(batch.positions(), 3 * rows[i], positions, 3 * i, 3);
        }
        return positions;
    }

    /** What is known of every row of the batch, at the chosen ones. */
    Tensor gather(Tensor values) {
        Tensor chosen = values.gatherRows(steps.getFirst());
        for (Indices step : steps.subList(1, steps.size())) {
            Tensor before = chosen;
            chosen = before.gatherRows(step);
            before.release();
        }
        return chosen;
    }
}
