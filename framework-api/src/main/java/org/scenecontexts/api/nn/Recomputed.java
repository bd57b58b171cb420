package org.scenecontexts.api.nn;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.scenecontexts.api.tensor.Recompute;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Trains modules with less memory: what is inside them is not kept for the backward pass but computed again there.
 *
 * <pre>{@code
 * Tensor y = Recomputed.apply(block, x -> block.apply(x.getFirst(), neighbours), x);
 * }</pre>
 *
 * <p>Gradients are the same bit for bit, and running statistics are updated once. A module of your own whose forward pass
 * leaves other traces, or draws random numbers, has to look at {@link Module#repeating()}.
 *
 * @since 0.1
 */
public final class Recomputed {

    private Recomputed() {}

    /**
     * Applies a part of a network.
     *
     * @param module holds every parameter that {@code part} uses
     * @param part computes the output from the inputs, which it does not release
     * @param inputs at least one
     */
    public static Tensor apply(Module module, Function<List<Tensor>, Tensor> part, Tensor... inputs) {
        Tensor[] all = Stream.concat(
                        Stream.of(inputs), module.parameters().stream().map(Parameter::tensor))
                .toArray(Tensor[]::new);
        return new Recompute(
                        (values, again) -> again ? module.repeat(() -> part.apply(values)) : part.apply(values),
                        inputs.length)
                .apply(all);
    }
}
