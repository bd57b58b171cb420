package org.scenecontexts.runtime.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.runtime.config.RecordModel;
import org.scenecontexts.runtime.pipeline.ParameterGroup;
import org.scenecontexts.runtime.pipeline.TrainStage;
import org.scenecontexts.runtime.run.Model;

/**
 * Gives groups of parameters rates and weight decays of their own with any optimizer, which need not know about groups: each
 * group has an optimizer to itself.
 */
final class GroupedOptimizer implements Optimizer {

    /**
     * What is special about some parameters.
     *
     * @param rate factor of the learning rate
     * @param weightDecay in place of the optimizer's own
     */
    private record Special(double rate, Optional<Double> weightDecay) {
        Special with(ParameterGroup group) {
            return new Special(
                    group.rate().orElse(rate), group.weightDecay().isPresent() ? group.weightDecay() : weightDecay);
        }
    }

    private static final Special NOTHING = new Special(1, Optional.empty());

    private record Part(Special special, Optimizer optimizer) {}

    private final List<Part> parts = new ArrayList<>();

    private GroupedOptimizer() {}

    /**
     * The optimizer of a stage.
     *
     * @param names refuses patterns that find nothing
     * @throws org.scenecontexts.api.data.CloudException when a pattern finds nothing
     */
    static Optimizer of(TrainStage config, Model model, ParameterNames names) {
        Map<String, Parameter> all = model.network().namedParameters();
        Map<String, Special> special = new LinkedHashMap<>();
        all.keySet().forEach(name -> special.put(name, NOTHING));
        for (int i = 0; i < config.groups().size(); i++) {
            ParameterGroup group = config.groups().get(i);
            names.matching("groups[" + i + "]", group.names())
                    .forEach(name -> special.computeIfPresent(name, (key, before) -> before.with(group)));
        }
        Map<Special, Map<String, Parameter>> together = new LinkedHashMap<>();
        special.forEach((name, own) ->
                together.computeIfAbsent(own, key -> new LinkedHashMap<>()).put(name, all.get(name)));
        if (together.size() == 1 && together.containsKey(NOTHING)) {
            return config.optimizer().create(new OptimizerFactory.Context(model.engine(), all));
        }
        GroupedOptimizer optimizer = new GroupedOptimizer();
        together.forEach((own, parameters) -> optimizer.parts.add(new Part(
                own,
                choice(config.optimizer(), own).create(new OptimizerFactory.Context(model.engine(), parameters)))));
        return optimizer;
    }

    private static <X, T> Choice<X, T> choice(Choice<X, T> optimizer, Special special) {
        return special.weightDecay()
                .map(decay -> new Choice<>(
                        optimizer.factory(),
                        RecordModel.of(optimizer.config().getClass())
                                .with(optimizer.config(), TrainStage.WEIGHT_DECAY, decay)))
                .orElse(optimizer);
    }

    @Override
    public double learningRate() {
        return parts.getFirst().optimizer().learningRate();
    }

    @Override
    public void step(double learningRate, Buffer flag) {
        parts.forEach(
                part -> part.optimizer().step(learningRate * part.special().rate(), flag));
    }

    @Override
    public List<StateEntry> state() {
        List<StateEntry> state = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            // An optimizer may keep things that belong to no parameter, which every group then has.
            String prefix = "group-" + i + "/";
            parts.get(i).optimizer().state().forEach(entry -> state.add(entry.named(prefix + entry.name())));
        }
        return state;
    }
}
