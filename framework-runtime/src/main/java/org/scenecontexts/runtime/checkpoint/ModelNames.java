package org.scenecontexts.runtime.checkpoint;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.Weights;

/**
 * Finds the names of a model in those of a file: trainers wrap a network, and then every name starts with the wrapper's word.
 */
final class ModelNames {

    private ModelNames() {}

    /**
     * The weights under the names that fit the model best: as they are, with what the reader dropped, or without one common
     * prefix.
     *
     * @param lines receives what to tell the user
     */
    static Weights fit(Weights weights, List<StateEntry> model, List<String> lines) {
        Set<String> wanted = new HashSet<>();
        model.forEach(entry -> wanted.add(entry.name()));
        String best = "";
        long most = weights.tensors().keySet().stream().filter(wanted::contains).count();
        if (!weights.prefix().isEmpty() && withPrefix(weights, wanted) > most) {
            lines.removeIf(line -> line.equals(dropped(weights.prefix())));
            Map<String, NpArray> full = new LinkedHashMap<>();
            weights.tensors().forEach((name, array) -> full.put(weights.prefix() + name, array));
            return renamed(weights, full);
        }
        for (Map.Entry<String, Long> prefix :
                prefixes(weights.tensors().keySet(), wanted).entrySet()) {
            if (prefix.getValue() > most) {
                most = prefix.getValue();
                best = prefix.getKey();
            }
        }
        if (best.isEmpty()) {
            return weights;
        }
        lines.add(dropped(best));
        Map<String, NpArray> shorter = new LinkedHashMap<>();
        for (Map.Entry<String, NpArray> tensor : weights.tensors().entrySet()) {
            if (tensor.getKey().startsWith(best)) {
                shorter.put(tensor.getKey().substring(best.length()), tensor.getValue());
            } else {
                shorter.putIfAbsent(tensor.getKey(), tensor.getValue());
            }
        }
        return renamed(weights, shorter);
    }

    private static String dropped(String prefix) {
        return "'" + prefix + "' dropped from the names of its tensors";
    }

    private static Weights renamed(Weights weights, Map<String, NpArray> tensors) {
        return new Weights(tensors, weights.layout(), weights.metadata(), "", weights.remarks());
    }

    private static long withPrefix(Weights weights, Set<String> wanted) {
        return weights.tensors().keySet().stream()
                .filter(name -> wanted.contains(weights.prefix() + name))
                .count();
    }

    /** What stands before names of the model in names of the file, and how often. */
    private static Map<String, Long> prefixes(Set<String> names, Set<String> wanted) {
        Map<String, Long> prefixes = new LinkedHashMap<>();
        for (String name : names) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                if (wanted.contains(name.substring(dot + 1))) {
                    prefixes.merge(name.substring(0, dot + 1), 1L, Long::sum);
                }
            }
        }
        return prefixes;
    }
}
