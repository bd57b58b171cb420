package org.scenecontexts.api.task;

import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.tensor.Tensor;

/**
 * A loss that compares class scores with class labels, point by point.
 *
 * @since 0.1
 */
public interface ClassificationLoss {

    /**
     * @param scores {@code [M, K]}
     * @param labels {@code [M]}; negative labels are left out
     * @return scalar; 0 when no point is labelled
     */
    Tensor apply(Tensor scores, Indices labels);
}
