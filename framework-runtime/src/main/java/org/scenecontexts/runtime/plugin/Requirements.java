package org.scenecontexts.runtime.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pf4j.PluginDependency;
import org.pf4j.VersionManager;

/**
 * Decides which plugins can be loaded, and in which order: PF4J would refuse all of them for the fault of one.
 *
 * <p>Checked: ids are unique, the API is new enough, what it says that it needs is known, other plugins that are needed are
 * there and of the right version, and no plugin needs itself.
 */
final class Requirements {

    private final VersionManager versions;
    private final Map<String, Candidate> usable = new LinkedHashMap<>();
    private final List<PluginReport> refused = new ArrayList<>();

    /**
     * @param found in the order of preference
     * @param taken ids of plugins on the class path
     */
    Requirements(VersionManager versions, List<Candidate> found, Map<String, PluginReport> taken) {
        this.versions = versions;
        unique(found, taken);
        usable.values().removeIf(candidate -> refuse(candidate, apiFault(candidate)));
        usable.values().removeIf(candidate -> refuse(candidate, PluginNeeds.fault(candidate.needs())));
        boolean changed = true;
        while (changed) {
            changed = usable.values().removeIf(candidate -> refuse(candidate, dependencyFault(candidate)));
        }
    }

    List<PluginReport> refused() {
        return refused;
    }

    /** The plugins that can be loaded, each after those that it needs. */
    List<Candidate> inOrder() {
        Set<Candidate> ordered = new LinkedHashSet<>();
        while (ordered.size() < usable.size()) {
            List<Candidate> ready = usable.values().stream()
                    .filter(candidate -> !ordered.contains(candidate))
                    .filter(candidate -> dependencies(candidate).stream()
                            .allMatch(needed -> !usable.containsKey(needed.getPluginId())
                                    || ordered.contains(usable.get(needed.getPluginId()))))
                    .toList();
            if (ready.isEmpty()) {
                refuseCycle(ordered);
            }
            ordered.addAll(ready);
        }
        return List.copyOf(ordered);
    }

    private void refuseCycle(Set<Candidate> ordered) {
        List<Candidate> circle = usable.values().stream()
                .filter(candidate -> !ordered.contains(candidate))
                .toList();
        String names = circle.stream().map(Candidate::id).collect(Collectors.joining(", "));
        circle.forEach(candidate -> {
            usable.remove(candidate.id());
            refuse(
                    candidate,
                    Optional.of(PluginProblem.error(
                            "the plugins " + names + " need one another in a circle",
                            "remove one of the Plugin-Dependencies")));
        });
    }

    private void unique(List<Candidate> found, Map<String, PluginReport> taken) {
        for (Candidate candidate : found) {
            Candidate first = usable.putIfAbsent(candidate.id(), candidate);
            PluginReport onClassPath = taken.get(candidate.id());
            if (first != null) {
                refuse(
                        candidate,
                        Optional.of(PluginProblem.error(
                                "its id '" + candidate.id() + "' is also that of " + first.location()
                                        + ", which was found first and is used",
                                "remove one of the two files, or change Plugin-Id")));
            } else if (onClassPath != null) {
                usable.remove(candidate.id());
                refuse(
                        candidate,
                        Optional.of(PluginProblem.error(
                                "its id '" + candidate.id() + "' is also that of " + onClassPath.location()
                                        + " on the class path, which is used",
                                "remove one of the two")));
            }
        }
    }

    private boolean refuse(Candidate candidate, Optional<PluginProblem> fault) {
        fault.ifPresent(problem -> refused.add(candidate.failed(problem)));
        return fault.isPresent();
    }

    private Optional<PluginProblem> apiFault(Candidate candidate) {
        String requires = candidate.descriptor().getRequires();
        if (requires == null || requires.isBlank() || requires.equals("*")) {
            return Optional.empty();
        }
        return fits(ApiVersion.CURRENT, requires)
                .map(fits -> fits
                        ? Optional.<PluginProblem>empty()
                        : Optional.of(PluginProblem.error(
                                "it requires the plugin API " + requires + "; this is " + ApiVersion.CURRENT,
                                "install a version of csc that has it, or a version of the plugin for this API")))
                .orElseGet(() -> Optional.of(PluginProblem.error(
                        "its Plugin-Requires '" + requires + "' is no range of versions",
                        "write for example >=" + ApiVersion.CURRENT)));
    }

    private Optional<PluginProblem> dependencyFault(Candidate candidate) {
        for (PluginDependency needed : dependencies(candidate)) {
            Candidate found = usable.get(needed.getPluginId());
            String range = needed.getPluginVersionSupport();
            if (found == null && !needed.isOptional()) {
                return Optional.of(PluginProblem.error(
                        "it needs the plugin '" + needed.getPluginId() + "', which is not there or does not load",
                        "put '" + needed.getPluginId() + "' " + ("*".equals(range) ? "" : range + " ")
                                + "into the plugin folder, or see what is said of it"));
            }
            if (found != null && !fits(found.version(), range).orElse(false)) {
                return Optional.of(PluginProblem.error(
                        "it needs the plugin '" + needed.getPluginId() + "' " + range + "; found " + found.version(),
                        "install a fitting version of '" + needed.getPluginId() + "'"));
            }
        }
        return Optional.empty();
    }

    private static List<PluginDependency> dependencies(Candidate candidate) {
        List<PluginDependency> dependencies = candidate.descriptor().getDependencies();
        return dependencies == null ? List.of() : dependencies;
    }

    /** Whether a version is in a range; nothing when the range or the version cannot be read. */
    private Optional<Boolean> fits(String version, String range) {
        String atLeast = range.strip().matches("\\d[\\w.-]*") ? ">=" + range.strip() : range;
        try {
            return Optional.of(versions.checkVersionConstraint(version, atLeast));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
