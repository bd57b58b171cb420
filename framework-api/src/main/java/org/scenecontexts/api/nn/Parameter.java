package org.scenecontexts.api.nn;

import java.util.Optional;
import org.scenecontexts.api.tensor.Tensor;

/**
 * A tensor that training changes.
 *
 * @since 0.1
 */
public final class Parameter {

    private final Tensor tensor;
    private final int[] publishedShape;

    Parameter(Tensor tensor, int[] publishedShape) {
        this.tensor = tensor.requireGrad();
        this.publishedShape = publishedShape;
    }

    /** The values; always the same tensor. */
    public Tensor tensor() {
        return tensor;
    }

    /** The shape under which files store it: may have more dimensions than the tensor, never other values. */
    public int[] publishedShape() {
        return publishedShape.clone();
    }

    /** Whether training changes it now; a parameter that is not trained gets no gradient. */
    public boolean trained() {
        return tensor.requiresGrad();
    }

    /** Says whether training changes it from now on. */
    public void trained(boolean on) {
        tensor.requireGrad(on);
    }

    public Optional<Tensor> grad() {
        return tensor.grad();
    }
}
