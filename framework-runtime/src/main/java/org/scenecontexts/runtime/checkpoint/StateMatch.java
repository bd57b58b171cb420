package org.scenecontexts.runtime.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.io.safetensors.TensorEntry;

/**
 * How the tensors of a file fit a model, by name and shape.
 *
 * @param matched names in both with one shape
 * @param missing names that only the model has
 * @param misshapen names in both whose shapes differ, with both shapes
 * @param unused names that only the file has
 * @since 0.1
 */
public record StateMatch(List<String> matched, List<String> missing, List<String> misshapen, List<String> unused) {

    private static final int NAMED = 8;

    public StateMatch {
        matched = List.copyOf(matched);
        missing = List.copyOf(missing);
        misshapen = List.copyOf(misshapen);
        unused = List.copyOf(unused);
    }

    static StateMatch of(List<StateEntry> model, List<TensorEntry> file) {
        List<String> matched = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (StateEntry entry : model) {
            seen.add(entry.name());
            TensorEntry stored = file.stream()
                    .filter(t -> t.name().equals(entry.name()))
                    .findFirst()
                    .orElse(null);
            if (stored == null) {
                missing.add(entry.name());
            } else if (!Arrays.equals(stored.shapeArray(), entry.shape())) {
                misshapen.add(entry.name() + " (" + stored.shape() + " in the file, " + Arrays.toString(entry.shape())
                        + " in the model)");
            } else {
                matched.add(entry.name());
            }
        }
        List<String> unused = file.stream()
                .map(TensorEntry::name)
                .filter(name -> !seen.contains(name))
                .toList();
        return new StateMatch(matched, missing, misshapen, unused);
    }

    /** Whether file and model hold exactly the same tensors. */
    public boolean exact() {
        return missing.isEmpty() && misshapen.isEmpty() && unused.isEmpty();
    }

    /** What to tell the user, one line per kind. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(matched.size() + " of " + (matched.size() + missing.size() + misshapen.size())
                + " tensors of the model taken over");
        say(lines, missing, "keep their first values, the file has none of these names");
        say(lines, misshapen, "keep their first values, the shapes differ");
        say(lines, unused, "tensors of the file are not used, the model has none of these names");
        return lines;
    }

    private static void say(List<String> lines, List<String> names, String what) {
        if (!names.isEmpty()) {
            String more = names.size() > NAMED ? ", and " + (names.size() - NAMED) + " more" : "";
            lines.add(names.size() + " " + what + ": "
                    + names.stream().limit(NAMED).collect(Collectors.joining(", ")) + more);
        }
    }
}
