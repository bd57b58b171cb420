package org.scenecontexts.io.torch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.io.array.NpArray;

/**
 * The tensors of a model by name, whatever file they came from.
 *
 * @param tensors in the order of the file
 * @param layout how sparse kernels are stored; empty where the file does not say
 * @param metadata other text about the weights
 * @param prefix what was dropped from the names of the file, e.g. {@code module.}; empty where nothing was
 * @param remarks what a user should know about how they were found in the file; never written
 * @since 0.1
 */
public record Weights(
        Map<String, NpArray> tensors,
        Optional<WeightLayout> layout,
        Map<String, String> metadata,
        String prefix,
        List<String> remarks) {

    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        remarks = List.copyOf(remarks);
    }

    /** Weights under the names of their file. */
    public Weights(Map<String, NpArray> tensors, Optional<WeightLayout> layout, Map<String, String> metadata) {
        this(tensors, layout, metadata, "", List.of());
    }

    /** Weights that came without any word about them. */
    public static Weights of(Map<String, NpArray> tensors) {
        return new Weights(tensors, Optional.empty(), Map.of());
    }

    /** The same weights, known to be stored in a layout. */
    public Weights in(WeightLayout known) {
        return new Weights(tensors, Optional.of(known), metadata, prefix, remarks);
    }

    /** The same tensors under other names or with other values. */
    Weights with(Map<String, NpArray> changed, WeightLayout known) {
        return new Weights(changed, Optional.of(known), metadata, prefix, remarks);
    }
}
