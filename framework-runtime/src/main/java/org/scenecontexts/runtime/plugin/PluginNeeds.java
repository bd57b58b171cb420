package org.scenecontexts.runtime.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /** What is wrong where a word means nothing: nobody could be told what the plugin does. */
    static Optional<PluginProblem> fault(List<String> needs) {
        List<String> unknown =
                needs.stream().filter(need -> !KNOWN.contains(need)).toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(PluginProblem.error(
                        "its " + ATTRIBUTE + " names '" + String.join("', '", unknown) + "', which means nothing",
                        "write any of " + String.join(", ", KNOWN) + ", separated by commas"));
    }
}
