package org.scenecontexts.api.nn;

import java.util.List;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Layers one after the other, named by their number as in PyTorch.
 *
 * @since 0.1
 */
public final class Sequential extends Layer {

    private final List<Layer> layers;

    public Sequential(List<? extends Layer> layers) {
        this.layers = List.copyOf(layers);
        for (int i = 0; i < layers.size(); i++) {
            child(Integer.toString(i), layers.get(i));
        }
    }

    @Override
    public Tensor apply(Tensor x) {
        Tensor y = x;
        for (Layer layer : layers) {
            Tensor next = layer.apply(y);
            if (y != x && next != y && !next.requiresGrad()) {
                y.release();
            }
            y = next;
        }
        return y;
    }
}
