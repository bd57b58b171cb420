package org.scenecontexts.runtime.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.OperatorException;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.runtime.guard.Guarded;
import org.scenecontexts.runtime.guard.GuardedFactory;
import org.scenecontexts.runtime.run.Model;

/** Says whose a gradient is, where it goes wrong: the graph itself knows operators and tensors, but no plugins. */
final class GradientOwners {

    private static final int NAMED = 3;

    private final Model model;

    GradientOwners(Model model) {
        this.model = model;
    }

    /** The message when a loss depends on trained tensors that are in nobody's module; empty when all is well. */
    Optional<String> unregistered(Tensor loss) {
        Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());
        model.network().parameters().stream().map(Parameter::tensor).forEach(known::add);
        List<Tensor> unknown =
                loss.leaves().stream().filter(leaf -> !known.contains(leaf)).toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        String shapes = unknown.stream()
                .limit(NAMED)
                .map(tensor -> Arrays.toString(tensor.shape()))
                .collect(Collectors.joining(", "));
        return Optional.of("the loss depends on " + unknown.size() + " trained tensor(s), of shape " + shapes
                + (unknown.size() > NAMED ? ", ..." : "") + ", that module() of neither " + backbone() + " nor "
                + task()
                + " holds: they would never change and be in no checkpoint; register them with parameter(...), and the"
                + " layers that hold them with child(...)");
    }

    /** The message for a failed backward pass, with whoever may have brought the operator. */
    String backward(OperatorException failure) {
        ClassLoader home = failure.operator().getClass().getClassLoader();
        String owners = Stream.of(model.spec().backbone(), model.spec().task())
                .filter(choice -> isFrom(choice, home))
                .map(choice -> choice == model.spec().backbone() ? backbone() : task())
                .collect(Collectors.joining(" or "));
        return failure.getMessage() + " (" + failure.operator().getClass().getName()
                + (owners.isEmpty() ? ", in the network of " + backbone() + " and " + task() : ", used by " + owners)
                + "); --stacktrace shows where";
    }

    private static boolean isFrom(Choice<?, ?> choice, ClassLoader home) {
        return GuardedFactory.home(choice.factory()) == home;
    }

    private String backbone() {
        return Guarded.name(model.backbone());
    }

    private String task() {
        return Guarded.name(model.task());
    }
}
