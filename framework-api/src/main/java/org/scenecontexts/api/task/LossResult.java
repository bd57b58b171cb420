package org.scenecontexts.api.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The loss of one batch.
 *
 * @param total scalar to minimise
 * @param figures what to log beside it, by name: parts of the loss, accuracies; may be empty. Scalars on the engine, which
 *     the caller takes over: they are looked at only where a line of the log is written, so that a step does not wait for
 *     them
 * @param weight how much this batch counts in averages over batches, usually its number of labelled points
 * @since 0.1
 */
public record LossResult(Tensor total, Map<String, Tensor> figures, double weight) {

    /** @throws IllegalArgumentException when a figure is no scalar */
    public LossResult {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        figures.forEach((name, figure) -> {
            if (figure == null || figure.size() != 1) {
                throw new IllegalArgumentException("the figure '" + name + "' of a loss is " + figure
                        + ", expected one number; log a sum or a mean");
            }
        });
    }

    /** A figure that the host knows. */
    public static Tensor figure(TensorEngine engine, double value) {
        return engine.wrap(new float[] {(float) value}, 1);
    }
}
