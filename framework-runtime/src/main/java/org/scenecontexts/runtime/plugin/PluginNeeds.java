package org.scenecontexts.runtime.plugin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;

/**
 * What a plugin says in its manifest that it needs beyond the API, so that users know it before they run it: {@code
 * Plugin-Needs: native-access, network}. It is the author's word and not enforced.
 */
final class PluginNeeds {

    /** The attribute of the manifest. */
    static final String ATTRIBUTE = "Plugin-Needs";

    /** Native code, the network, other processes, writing outside of the run folder. */
    static final List<String> KNOWN = List.of("native-access", "network", "processes", "files");

    private PluginNeeds() {}

    /** The words of a manifest, in order; none where it has none. */
    static List<String> of(Attributes manifest) {
        String value = manifest.getValue(ATTRIBUTE);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    /** A warning for each word that means nothing. */
    static List<PluginProblem> problems(List<String> needs) {
        List<PluginProblem> problems = new ArrayList<>();
        for (String need : needs) {
            if (!KNOWN.contains(need)) {
                problems.add(PluginProblem.warning(
                        "its " + ATTRIBUTE + " names '" + need + "', which means nothing",
                        "write any of " + String.join(", ", KNOWN) + ", separated by commas"));
            }
        }
        return problems;
    }
}
