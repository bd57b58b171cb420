package org.scenecontexts.runtime.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.runtime.pipeline.Freeze;
import org.scenecontexts.runtime.run.Model;

/**
 * Keeps parts of a network as they are: their parameters get no gradient, which also spares the time and memory of their
 * backward pass, and modules that are frozen whole are in evaluation mode unless told otherwise.
 */
final class Freezing {

    private record Rule(Freeze freeze, Set<Parameter> parameters) {}

    private final Module network;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<Module, List<Parameter>> modules = new HashMap<>();
    private Set<Rule> active = Set.of();
    private List<Module> resting = List.of();

    /**
     * @param names refuses patterns that find nothing
     * @throws CloudException when a pattern finds nothing, or nothing is left to train in some step
     */
    Freezing(List<Freeze> config, Model model, ParameterNames names, long iterations) {
        network = model.network();
        Map<String, Parameter> parameters = network.namedParameters();
        for (int i = 0; i < config.size(); i++) {
            Set<Parameter> matching = new LinkedHashSet<>();
            names.matching("freeze[" + i + "]", config.get(i).names())
                    .forEach(name -> matching.add(parameters.get(name)));
            rules.add(new Rule(config.get(i), matching));
        }
        network.modules().values().forEach(module -> modules.put(module, module.parameters()));
        requireSomethingToTrain(parameters.values(), iterations);
    }

    private void requireSomethingToTrain(Iterable<Parameter> parameters, long iterations) {
        Set<Long> borders = new LinkedHashSet<>();
        for (Rule rule : rules) {
            borders.add(rule.freeze().from() + 1L);
            rule.freeze().until().ifPresent(until -> borders.add(until + 1L));
        }
        for (long step : borders) {
            Set<Parameter> frozen = frozen(rulesIn(step), false);
            boolean trained = false;
            for (Parameter parameter : parameters) {
                trained |= parameter.trained() && !frozen.contains(parameter);
            }
            if (step <= iterations && !trained) {
                throw new CloudException("freeze: in step " + step
                        + " every parameter of the network would be frozen, so nothing would be learnt;"
                        + " leave the head (task/*) or some other part out");
            }
        }
    }

    private Set<Rule> rulesIn(long iteration) {
        Set<Rule> in = new LinkedHashSet<>();
        rules.stream().filter(rule -> rule.freeze().in(iteration)).forEach(in::add);
        return in;
    }

    private static Set<Parameter> frozen(Set<Rule> in, boolean withNorms) {
        Set<Parameter> frozen = new HashSet<>();
        for (Rule rule : in) {
            if (!withNorms || rule.freeze().norms() == Freeze.Norms.KEPT) {
                frozen.addAll(rule.parameters());
            }
        }
        return frozen;
    }

    /** Puts the network into training mode for a step, counted from 1, all but what rests in it. */
    void apply(long iteration) {
        network.training(true);
        Set<Rule> in = rulesIn(iteration);
        if (!in.equals(active)) {
            Set<Parameter> frozen = frozen(in, false);
            rules.forEach(
                    rule -> rule.parameters().forEach(parameter -> parameter.trained(!frozen.contains(parameter))));
            Set<Parameter> kept = frozen(in, true);
            resting = modules.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty() && kept.containsAll(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            active = in;
        }
        resting.forEach(module -> module.training(false));
    }
}
