package org.scenecontexts.api.nn;

/**
 * How fast the running statistics of a batch norm follow the batches. Two opposite conventions are in use, so the number
 * is never passed bare.
 *
 * @param batchWeight weight of the newest batch: {@code running = (1 - w) running + w batch}, 0 to 1
 * @since 0.1
 */
public record Momentum(double batchWeight) {

    /** @throws IllegalArgumentException outside 0 to 1 */
    public Momentum {
        if (!(batchWeight >= 0 && batchWeight <= 1)) {
            throw new IllegalArgumentException("batch-norm momentum must be between 0 and 1, found " + batchWeight);
        }
    }

    /** PyTorch's convention: the number is the weight of the newest batch (usually 0.1). */
    public static Momentum ofBatch(double weight) {
        return new Momentum(weight);
    }

    /** TensorFlow's convention: the number is the weight of the past (usually 0.9). */
    public static Momentum ofPast(double weight) {
        return new Momentum(1 - weight);
    }
}
