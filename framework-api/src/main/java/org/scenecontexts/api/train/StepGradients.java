package org.scenecontexts.api.train;

import java.util.Map;
import org.scenecontexts.api.nn.Parameter;

/**
 * The gradients of all parameters in one step, taken together.
 *
 * @since 0.1
 */
public interface StepGradients {

    /** The parameters that have a gradient, by dotted name, in the order of the network. */
    Map<String, Parameter> parameters();

    /** Euclidean length of all gradients as one vector, as they are now; waits for the engine. */
    double norm();

    /** Multiplies all gradients. */
    void scale(double factor);

    /**
     * Brings the length to a limit where it is above: found and done where the gradients are, without the host having to
     * know.
     *
     * @param length greatest length, positive
     * @since 0.2
     */
    void limit(double length);

    /** Says that gradients were written to in another way than by {@link #scale}. */
    void changed();
}
