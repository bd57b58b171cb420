package org.scenecontexts.api.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * Takes the gradients that an operator computes for its inputs.
 *
 * @since 0.1
 */
public final class Gradients {

    private final DifferentiableOp op;
    private final List<Tensor> inputs;
    private final Tensor outputGradient;
    private boolean passed;

    Gradients(DifferentiableOp op, List<Tensor> inputs, Tensor outputGradient) {
        this.op = op;
        this.inputs = inputs;
        this.outputGradient = outputGradient;
    }

    /**
     * Where the gradient of an input is to be written.
     *
     * @param tensor of the input's shape; hand it over with {@link Gradients#add(int, Place)}
     * @param accumulate whether the gradient is added to what is there; else what is there is undefined and all of it is
     *     written
     * @since 0.2
     */
    public record Place(Tensor tensor, boolean accumulate) {}

    /** Number of inputs of the operator. */
    public int count() {
        return inputs.size();
    }

    /** Whether the gradient of this input is wanted. */
    public boolean needed(int input) {
        return inputs.get(input).requiresGrad();
    }

    /**
     * Where to write the gradient of an input: for a parameter whose gradient has a fixed place, such as a slice of one
     * buffer for all gradients of a training, that place itself; else a new tensor.
     *
     * @param canAdd whether the operator can add to what is there, so that a second use of a parameter needs no room
     */
    public Place place(int input, boolean canAdd) {
        Tensor target = inputs.get(input);
        return target.gradientHome()
                .filter(home -> canAdd || target.grad().isEmpty())
                .map(home -> new Place(home, target.grad().isPresent()))
                .orElseGet(() -> new Place(target.engine().allocate(target.shape()), false));
    }

    /** Says that the gradient of an input has been written to, or added at, its place. */
    public void add(int input, Place place) {
        if (place.accumulate()) {
            return;
        }
        add(input, place.tensor());
    }

    /**
     * Hands over the gradient of an input. Nothing happens when it is not {@linkplain #needed needed}.
     *
     * @param gradient of the input's shape; it belongs to autograd afterwards
     * @throws IllegalArgumentException when the shape is another, naming the operator
     */
    public void add(int input, Tensor gradient) {
        requireShape(input, gradient);
        if (needed(input)) {
            inputs.get(input).addGrad(gradient);
        } else {
            gradient.release();
        }
    }

    /**
     * Hands the gradient of the output on, unchanged or overwritten in place, as the gradient of one input.
     *
     * @throws IllegalArgumentException when the input has another shape than the output, naming the operator
     */
    public void pass(int input) {
        if (passed) {
            throw new IllegalStateException(
                    "the gradient of the output of '" + op.name() + "' can be passed on once, to one input");
        }
        if (needed(input)) {
            requireShape(input, outputGradient);
            passed = true;
            inputs.get(input).addGrad(outputGradient);
        }
    }

    /** As {@link #pass}, for an operator that changes nothing but the shape. */
    void passAs(int input, int... shape) {
        if (needed(input)) {
            passed = true;
            add(input, outputGradient.handOverAs(shape));
        }
    }

    private void requireShape(int input, Tensor gradient) {
        int[] expected = inputs.get(input).shape();
        if (!Arrays.equals(gradient.shape(), expected)) {
            throw new IllegalArgumentException("the operator '" + op.name() + "' gives input " + input + " of shape "
                    + Arrays.toString(expected) + " a gradient of shape " + Arrays.toString(gradient.shape())
                    + "; a gradient has the shape of what it belongs to");
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
