package org.scenecontexts.runtime.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.runtime.config.Names;
import org.scenecontexts.runtime.run.Model;

/**
 * Finds parameters by the patterns that users write, and refuses a pattern that finds none: a misspelt name would otherwise
 * train what was meant to be frozen.
 *
 * <p>A pattern is a dotted name as in checkpoints, which stands for everything below it too, with {@code *} for any
 * characters; {@code backbone/} or {@code task/} before it looks in that part of the network only.
 */
final class ParameterNames {

    private static final int SHOWN = 40;

    private final Map<String, List<String>> byPart;

    private ParameterNames(Map<String, List<String>> byPart) {
        this.byPart = byPart;
    }

    /** The names of a model's parameters. */
    static ParameterNames of(Model model) {
        Map<String, List<String>> byPart = new LinkedHashMap<>();
        byPart.put("backbone", names(model.backbone().module()));
        byPart.put("task", names(model.task().module()));
        return new ParameterNames(byPart);
    }

    private static List<String> names(Module module) {
        return List.copyOf(module.namedParameters().keySet());
    }

    /**
     * The parameters that a pattern stands for.
     *
     * @param key where the pattern stands, for the message
     * @return dotted names without the part, at least one
     * @throws CloudException when there are none; the message names what there is
     */
    Set<String> matching(String key, String pattern) {
        int slash = pattern.indexOf('/');
        String name = pattern.substring(slash + 1);
        Pattern regex = Pattern.compile(
                Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")) + "(\\..*)?");
        Set<String> found = new LinkedHashSet<>();
        byPart.forEach((part, names) -> {
            if (slash < 0 || pattern.substring(0, slash).equals(part)) {
                names.stream().filter(each -> regex.matcher(each).matches()).forEach(found::add);
            }
        });
        if (found.isEmpty()) {
            throw new CloudException(
                    key + ": no parameter is called '" + pattern + "' or lies below that; " + help(pattern));
        }
        return found;
    }

    private String help(String pattern) {
        Set<String> candidates = new LinkedHashSet<>();
        Set<String> first = new LinkedHashSet<>();
        byPart.forEach((part, names) -> names.forEach(name -> {
            first.add(part + "/" + name.replaceFirst("\\..*", ""));
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                candidates.add(name.substring(0, dot));
                candidates.add(part + "/" + name.substring(0, dot));
            }
            candidates.add(name);
            candidates.add(part + "/" + name);
        }));
        String near = Names.didYouMean(pattern.replace("*", ""), candidates);
        List<String> shown = new ArrayList<>(first).subList(0, Math.min(SHOWN, first.size()));
        String more = first.size() > SHOWN ? " and " + (first.size() - SHOWN) + " more" : "";
        return (near.isEmpty() ? "" : near + " ") + "there are " + String.join(", ", shown) + more
                + ", and what lies below them";
    }
}
