package org.scenecontexts.api.backbone;

import org.scenecontexts.api.tensor.Tensor;

/**
 * Features that a backbone computed, and where they are.
 *
 * @param features {@code [F, C]}
 * @param positions {@code [F, 3]}, metres
 * @param rows for each feature the row of the batch that it belongs to, {@code [F]}
 * @param offsets first feature of each scene, {@code [B + 1]}
 * @since 0.1
 */
public record FeatureSet(Tensor features, float[] positions, int[] rows, int[] offsets) {}
