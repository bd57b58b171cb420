package org.scenecontexts.runtime.checkpoint;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
        for (String prefix : prefixes(weights.tensors().keySet(), wanted)) {
            // A head may lie beside a backbone with a prefix: what counts is all that fits then.
            long fits = shortened(weights, prefix).keySet().stream()
                    .filter(wanted::contains)
                    .count();
            if (fits > most) {
                most = fits;
                best = prefix;
            }
        }
        if (best.isEmpty()) {
            return weights;
        }
        lines.add(dropped(best));
        return renamed(weights, shortened(weights, best));
    }

    /** The tensors with a prefix dropped where it stands; those without it give way. */
    private static Map<String, NpArray> shortened(Weights weights, String prefix) {
        Map<String, NpArray> shorter = new LinkedHashMap<>();
        for (Map.Entry<String, NpArray> tensor : weights.tensors().entrySet()) {
            if (tensor.getKey().startsWith(prefix)) {
                shorter.put(tensor.getKey().substring(prefix.length()), tensor.getValue());
            } else {
                shorter.putIfAbsent(tensor.getKey(), tensor.getValue());
            }
        }
        return shorter;
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

    /** What stands before names of the model in names of the file. */
    private static Set<String> prefixes(Set<String> names, Set<String> wanted) {
        Set<String> prefixes = new LinkedHashSet<>();
        for (String name : names) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                if (wanted.contains(name.substring(dot + 1))) {
                    prefixes.add(name.substring(0, dot + 1));
                }
            }
        }
        return prefixes;
    }
}
