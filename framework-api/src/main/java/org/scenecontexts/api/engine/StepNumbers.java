package org.scenecontexts.api.engine;

/**
 * What changes from step to step of an optimizer, computed on the host in double precision and brought to the engine in one
 * small buffer, so that everything else about a step stays the same and can be replayed.
 *
 * @since 0.2
 */
public final class StepNumbers {

    /** Length of {@link #sgd}. */
    public static final int SGD = 4;

    /** Length of {@link #adam}. */
    public static final int ADAM = 7;

    private StepNumbers() {}

    /**
     * Of {@link DenseKernels#sgdStep}: {@code rate, keep, take, look}.
     *
     * @param momentum what stays of the buffer
     * @param dampening how much less than the whole gradient enters it
     * @param nesterov whether to look ahead along the momentum
     * @param first whether the buffer is still empty and starts as the gradient
     */
    public static float[] sgd(double learningRate, double momentum, double dampening, boolean nesterov, boolean first) {
        float mu = (float) momentum;
        return new float[] {(float) learningRate, first ? 0 : mu, first ? 1 : 1 - (float) dampening, nesterov ? mu : 0};
    }

    /**
     * Of {@link DenseKernels#adamStep}: the rate over the first moment's bias correction; beta1; beta2; {@code 1 - beta1};
     * {@code 1 - beta2}; 1 over the root of the second moment's bias correction; what the parameter is multiplied with
     * first.
     *
     * @param step number of this step, from 1
     * @param decoupledDecay weight decay of AdamW; 0 for Adam
     */
    public static float[] adam(long step, double learningRate, double beta1, double beta2, double decoupledDecay) {
        float rate = (float) learningRate;
        float decay = (float) decoupledDecay;
        return new float[] {
            (float) (rate / (1 - Math.pow(beta1, step))),
            (float) beta1,
            (float) beta2,
            (float) (1 - beta1),
            (float) (1 - beta2),
            (float) (1 / Math.sqrt(1 - Math.pow(beta2, step))),
            (float) (1 - (double) rate * decay)
        };
    }
}
