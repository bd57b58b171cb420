package org.scenecontexts.runtime.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.runtime.config.FactoryLookup;
import org.scenecontexts.runtime.config.Registered;

/**
 * All plugins that were found, with what they offer and what is wrong with them; immutable, in a fixed order.
 *
 * @param plugins sorted: class path first, then by folder and file name
 * @since 0.1
 */
public record PluginCatalog(List<PluginReport> plugins) implements FactoryLookup {

    /** Reports the same name offered by two plugins, in both. */
    public PluginCatalog {
        plugins = withClashes(plugins);
    }

    /** No plugins. */
    public static PluginCatalog empty() {
        return new PluginCatalog(List.of());
    }

    /** All factories, sorted by name within each plugin. */
    public List<Registered> factories() {
        return plugins.stream()
                .flatMap(plugin -> plugin.factories().stream().sorted(Comparator.comparing(Registered::name)))
                .toList();
    }

    @Override
    public List<Registered> factories(Class<?> product) {
        return factories().stream()
                .filter(registered ->
                        product.isAssignableFrom(registered.factory().product()))
                .sorted(Comparator.comparing(Registered::name).thenComparing(Registered::plugin))
                .toList();
    }

    /** All kernels that plugins bring. */
    public List<KernelProvider<?>> kernelProviders() {
        List<KernelProvider<?>> providers = new ArrayList<>();
        extensions(KernelProvider.class).forEach(providers::add);
        return List.copyOf(providers);
    }

    /** All extensions of a kind, in the order of the plugins. */
    public <T> List<T> extensions(Class<T> type) {
        return plugins.stream()
                .flatMap(plugin -> plugin.extensions().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Override
    public List<String> failures() {
        return plugins.stream()
                .filter(plugin -> plugin.status() != PluginReport.Status.LOADED)
                .flatMap(plugin -> plugin.problems().stream()
                        .filter(PluginProblem::isError)
                        .map(problem -> (plugin.status() == PluginReport.Status.FAILED
                                        ? "plugin '" + plugin.id() + "' failed to load"
                                        : "a part of plugin '" + plugin.id() + "' failed to load")
                                + " because " + problem.reason()))
                .toList();
    }

    @Override
    public Optional<String> remedy(Class<?> product, String name) {
        return InstallablePlugin.offering(product, name).map(InstallablePlugin::remedy);
    }

    private static List<PluginReport> withClashes(List<PluginReport> plugins) {
        record Offer(Class<?> product, String name) {}
        Map<Offer, List<String>> offers = new LinkedHashMap<>();
        for (PluginReport plugin : plugins) {
            for (Registered registered : plugin.factories()) {
                Offer offer = new Offer(registered.factory().product(), registered.name());
                offers.computeIfAbsent(offer, key -> new ArrayList<>()).add(plugin.id());
            }
        }
        List<PluginReport> result = new ArrayList<>(plugins);
        offers.forEach((offer, ids) -> {
            if (ids.size() > 1) {
                String names = ids.stream().distinct().map(id -> "'" + id + "'").collect(Collectors.joining(" and "));
                String qualified = ids.stream()
                        .distinct()
                        .map(id -> id + "/" + offer.name())
                        .collect(Collectors.joining(" or "));
                PluginProblem clash = PluginProblem.warning(
                        "the name '" + offer.name() + "' is offered by the plugins " + names,
                        "write " + qualified + " in pipelines");
                result.replaceAll(plugin ->
                        ids.contains(plugin.id()) && !plugin.problems().contains(clash) ? plugin.with(clash) : plugin);
            }
        });
        return List.copyOf(result);
    }
}
