package org.scenecontexts.api.optim;

import java.util.List;
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
    void step(double learningRate);

    /** What a checkpoint must keep to go on as if never stopped, with live arrays. */
    List<StateEntry> state();
}
