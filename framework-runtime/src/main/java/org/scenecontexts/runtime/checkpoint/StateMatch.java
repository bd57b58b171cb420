package org.scenecontexts.runtime.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.nn.StateEntry;

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

    static StateMatch of(List<StateEntry> model, Map<String, int[]> file) {
        List<String> matched = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (StateEntry entry : model) {
            seen.add(entry.name());
            int[] stored = file.get(entry.name());
            if (stored == null) {
                missing.add(entry.name());
            } else if (!Arrays.equals(stored, entry.shape())) {
                misshapen.add(entry.name() + " (" + Arrays.toString(stored) + " in the file, "
                        + Arrays.toString(entry.shape()) + " in the model)");
            } else {
                matched.add(entry.name());
            }
        }
        List<String> unused =
                file.keySet().stream().filter(name -> !seen.contains(name)).toList();
        return new StateMatch(matched, missing, misshapen, unused);
    }

    /**
     * Stops where nothing can be taken over, or not everything that must be.
     *
     * @throws CloudException when strict and something does not fit, or nothing fits at all
     */
    void require(Path file, boolean strict) {
        if (matched.isEmpty() || (strict && !exact())) {
            throw new CloudException(file + ": does not fit the model: " + String.join("; ", lines())
                    + "; check that backbone, width and task are those that it was trained with"
                    + (strict ? ", or leave out 'strict' to take over what fits" : ""));
        }
    }

    /**
     * Stops where any tensor of the model would keep its first values.
     *
     * @param exact whether to stop where the file holds more than the model, too
     * @throws CloudException when the file does not fill the model
     */
    void requireWhole(Path file, boolean exact) {
        boolean whole = missing.isEmpty() && misshapen.isEmpty();
        if (!whole || (exact && !unused.isEmpty())) {
            throw new CloudException(file + ": does not fit the network: " + String.join("; ", lines())
                    + "; check that backbone, width, inputs, task and classes are those that it was trained with"
                    + (whole ? ", or set 'strict: false' where the file holds heads of other tasks too" : ""));
        }
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
