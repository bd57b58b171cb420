package org.scenecontexts.runtime.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what a {@code type:} names, and says what could stand there where nothing or too much is found. */
final class PluginNames {

    private final FactoryLookup plugins;
    private final Problems problems;

    /**
     * @param plugins what can be named
     * @param problems receives names that choose nothing
     */
    PluginNames(FactoryLookup plugins, Problems problems) {
        this.plugins = plugins;
        this.problems = problems;
    }

    /**
     * What a name chooses, or nothing after a problem was added.
     *
     * @param type whose kind of plugin it names
     */
    Optional<Registered> chosen(Node.Scalar name, ValueType.Plugin type, Spot spot) {
        List<Registered> matching = plugins.named(type.product(), name.text());
        if (matching.size() == 1) {
            return Optional.of(matching.getFirst());
        }
        Optional<String> now = matching.isEmpty() ? formerly(name.text(), type) : Optional.empty();
        Optional<String> remedy = matching.isEmpty() ? plugins.remedy(type.product(), name.text()) : Optional.empty();
        if (now.isPresent()) {
            problems.add(spot.error(
                    "the " + type.noun() + " '" + name.text() + "' has another name now", name.position(), now.get()));
        } else if (remedy.isPresent()) {
            problems.add(spot.error(
                    "the " + type.noun() + " '" + name.text() + "' is not installed",
                    name.position(),
                    remedy.get() + "; " + available(type)));
        } else if (matching.isEmpty()) {
            List<String> names = plugins.factories(type.product()).stream()
                    .map(Registered::name)
                    .toList();
            String near = Names.nearest(name.text(), names)
                    .map(found -> "did you mean '" + found + "' (plugin '"
                            + plugins.named(type.product(), found).getFirst().plugin() + "')? ")
                    .orElse("");
            problems.add(spot.error(
                    "unknown " + type.noun() + " '" + name.text() + "'", name.position(), near + available(type)));
        } else {
            String choices = matching.stream().map(Registered::qualifiedName).collect(Collectors.joining(" or "));
            problems.add(spot.error(
                    "several plugins offer a " + type.noun() + " '" + name.text() + "'",
                    name.position(),
                    "write " + choices));
        }
        return Optional.empty();
    }

    /** What to write instead of a name that is no longer written. */
    private Optional<String> formerly(String name, ValueType.Plugin type) {
        return plugins.factories(type.product()).stream()
                .map(registered -> registered.factory().formerNames().getOrDefault(name, ""))
                .filter(sentence -> !sentence.isEmpty())
                .findFirst();
    }

    /** The names that there are, in a sentence for those who wrote another. */
    String available(ValueType.Plugin type) {
        List<Registered> all = plugins.factories(type.product());
        StringBuilder text = new StringBuilder("available: ");
        text.append(
                all.isEmpty()
                        ? "none (no plugin that was loaded offers a " + type.noun() + ")"
                        : all.stream().map(Registered::name).distinct().collect(Collectors.joining(", ")));
        plugins.failures().forEach(failure -> text.append("; ").append(failure));
        return text.toString();
    }
}
