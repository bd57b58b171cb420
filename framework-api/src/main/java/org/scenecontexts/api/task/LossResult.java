package org.scenecontexts.api.task;

import java.util.Map;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The loss of one batch.
 *
 * @param total scalar to minimise
 * @param figures what to log beside it, by name: parts of the loss, accuracies; may be empty
 * @param weight how much this batch counts in averages over batches, usually its number of labelled points
 * @since 0.1
 */
public record LossResult(Tensor total, Map<String, Double> figures, double weight) {

    public LossResult {
        figures = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(figures));
    }
}
