package org.scenecontexts.api.train;

import java.util.Map;

/**
 * One optimizer step, as hooks see it before, within and after.
 *
 * @since 0.1
 */
public interface TrainingStep {

    /** Which step it is. */
    TrainingProgress at();

    /** The learning rate of the step, before multipliers of groups. */
    double learningRate();

    /**
     * Sets the rate of this step only.
     *
     * @throws IllegalStateException after {@link TrainingHook#beforeStep}
     */
    void learningRate(double rate);

    /**
     * The gradients.
     *
     * @throws IllegalStateException outside of {@link TrainingHook#beforeUpdate}
     */
    StepGradients gradients();

    /**
     * Length of the whole gradient before any hook changed it; waits for the engine. Not a number before {@link
     * TrainingHook#beforeUpdate}.
     */
    double gradientNorm();

    /**
     * Means over the samples of the step: {@code loss} and the task's own figures; those that no sample counted for are left
     * out. Waits for the engine, so ask in the steps that need it. Empty before {@link TrainingHook#beforeUpdate}.
     */
    Map<String, Double> figures();

    /** Seconds of the step, waiting for data included; 0 before {@link TrainingHook#afterStep}. */
    double seconds();

    /** Seconds of these that were spent waiting for data. */
    double dataSeconds();
}
