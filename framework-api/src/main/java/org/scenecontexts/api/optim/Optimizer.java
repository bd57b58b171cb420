package org.scenecontexts.api.optim;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.nn.StateEntry;

/**
 * Changes parameters against their gradients.
 *
 * @since 0.1
 */
public interface Optimizer {

    /** The learning rate that schedules multiply. */
    double learningRate();

    /**
     * One step with the gradients gathered; parameters without a gradient stay.
     *
     * @param learningRate the rate for this step
     */
    default void step(double learningRate) {
        step(learningRate, Buffer.NONE);
    }

    /**
     * The same, unless the engine finds that a flag forbids it.
     *
     * @param flag what {@link org.scenecontexts.api.engine.DenseKernels#norm} has written of the gradients: nothing changes
     *     where their length is not finite; {@link Buffer#NONE} for always
     */
    void step(double learningRate, Buffer flag);

    /** What a checkpoint must keep to go on as if never stopped. */
    List<StateEntry> state();
}
