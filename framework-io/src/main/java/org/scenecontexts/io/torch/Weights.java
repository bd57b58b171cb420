package org.scenecontexts.io.torch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.io.array.NpArray;

/**
 * The tensors of a model by name, whatever file they came from.
 *
 * @param tensors in the order of the file
 * @param layout how sparse kernels are stored; empty where the file does not say
 * @param metadata other text about the weights
 * @since 0.1
 */
public record Weights(Map<String, NpArray> tensors, Optional<WeightLayout> layout, Map<String, String> metadata) {

    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Weights that came without any word about them. */
    public static Weights of(Map<String, NpArray> tensors) {
        return new Weights(tensors, Optional.empty(), Map.of());
    }

    /** The same weights, known to be stored in a layout. */
    public Weights in(WeightLayout known) {
        return new Weights(tensors, Optional.of(known), metadata);
    }
}
