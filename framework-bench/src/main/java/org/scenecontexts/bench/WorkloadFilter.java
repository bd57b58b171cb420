package org.scenecontexts.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.WorkloadSuite;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * Which workloads to measure: those of a tier, or of any tier that match a pattern.
 *
 * @since 0.1
 */
public final class WorkloadFilter {

    private WorkloadFilter() {}

    /**
     * All workloads that plugins offer, the engine's first, then by suite.
     *
     * @throws IllegalStateException when two have the same name
     */
    public static List<Workload> all(PluginCatalog plugins) {
        List<WorkloadSuite> suites = new ArrayList<>();
        plugins.plugins()
                .forEach(plugin -> plugin.extensions().forEach(extension -> {
                    if (extension instanceof WorkloadSuite suite) {
                        suites.add(suite);
                    }
                }));
        suites.sort(Comparator.comparing((WorkloadSuite suite) -> !(suite instanceof EngineSuite))
                .thenComparing(WorkloadSuite::name));
        Map<String, String> owners = new HashMap<>();
        List<Workload> all = new ArrayList<>();
        for (WorkloadSuite suite : suites) {
            for (Workload workload : suite.workloads()) {
                String other = owners.put(workload.name(), suite.name());
                if (other != null) {
                    throw new IllegalStateException("the workload '" + workload.name() + "' is offered by the suites '"
                            + other + "' and '" + suite.name() + "'; remove one of the two plugins");
                }
                all.add(workload);
            }
        }
        return all;
    }

    /**
     * Some of them, in the same order.
     *
     * @param tier the largest tier to take
     * @param patterns parts of names, {@code *} for anything; a pattern that is a whole name means that one only; none for
     *     all. What no workload of the tier matches is looked for in all tiers
     */
    public static List<Workload> of(List<Workload> all, Workload.Tier tier, List<String> patterns) {
        List<Workload> within = all.stream()
                .filter(workload -> workload.tier().compareTo(tier) <= 0)
                .toList();
        if (patterns.isEmpty()) {
            return within;
        }
        List<Workload> chosen = new ArrayList<>();
        for (String pattern : patterns) {
            List<Workload> found = matching(within, pattern);
            chosen.addAll(found.isEmpty() ? matching(all, pattern) : found);
        }
        return all.stream().filter(chosen::contains).toList();
    }

    private static List<Workload> matching(List<Workload> workloads, String pattern) {
        String wanted = pattern.strip().toLowerCase(Locale.ROOT);
        List<Workload> exact = workloads.stream()
                .filter(workload -> workload.name().equals(wanted))
                .toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        String expression = Pattern.quote(wanted).replace("*", "\\E.*\\Q");
        Pattern compiled = Pattern.compile(expression);
        return workloads.stream()
                .filter(workload -> compiled.matcher(workload.name()).find())
                .toList();
    }
}
