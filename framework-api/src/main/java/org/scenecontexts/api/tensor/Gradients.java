package org.scenecontexts.api.tensor;

import java.util.List;

/**
 * Takes the gradients that an operator computes for its inputs.
 *
 * @since 0.1
 */
public final class Gradients {

    private final List<Tensor> inputs;
    private final Tensor outputGradient;
    private boolean passed;

    Gradients(List<Tensor> inputs, Tensor outputGradient) {
        this.inputs = inputs;
        this.outputGradient = outputGradient;
    }

    /** Number of inputs of the operator. */
    public int count() {
        return inputs.size();
    }

    /** Whether the gradient of this input is wanted. */
    public boolean needed(int input) {
        return inputs.get(input).requiresGrad();
    }

    /**
     * Hands over the gradient of an input. Nothing happens when it is not {@linkplain #needed needed}.
     *
     * @param gradient as many values as the input; it belongs to autograd afterwards
     */
    public void add(int input, Tensor gradient) {
        if (gradient.size() != inputs.get(input).size()) {
            throw new IllegalArgumentException(
                    "gradient of input " + input + " has shape " + gradient + ", expected " + inputs.get(input));
        }
        if (needed(input)) {
            inputs.get(input).addGrad(gradient);
        } else {
            gradient.release();
        }
    }

    /** Hands the gradient of the output on, unchanged or overwritten in place, as the gradient of one input. */
    public void pass(int input) {
        if (passed) {
            throw new IllegalStateException("the gradient of the output can be passed on once");
        }
        if (needed(input)) {
            passed = true;
            inputs.get(input).addGrad(outputGradient);
        }
    }

    /** Says that the gradient of the output belongs to somebody else now. */
    void take() {
        passed = true;
    }

    boolean passed() {
        return passed;
    }
}
