package org.scenecontexts.api.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.scenecontexts.api.tensor.Tensor;

/**
 * A part of a network that owns parameters: a layer, a block, a whole backbone.
 *
 * <p>Subclasses register what they own in their constructor; names joined by dots are the names in checkpoints, so a
 * module that re-implements a published one uses the published names. Registration order is the order of
 * {@link #parameters()} and {@link #state()}.
 *
 * @since 0.1
 */
public abstract class Module {

    private final Map<String, Object> members = new LinkedHashMap<>();
    private boolean training = true;
    private boolean repeating;

    /** Registers a part. An empty name adds its members to this module without a prefix. */
    protected final <M extends Module> M child(String name, M module) {
        register(name.isEmpty() ? "#" + members.size() : name, module);
        return module;
    }

    /**
     * Registers a parameter.
     *
     * @param publishedShape shape under which files store it; none for the tensor's own
     */
    protected final Parameter parameter(String name, Tensor tensor, int... publishedShape) {
        Parameter parameter = new Parameter(tensor, publishedShape.length == 0 ? tensor.shape() : publishedShape);
        register(name, parameter);
        return parameter;
    }

    /** Registers values that are saved but not trained, e.g. running statistics. */
    protected final Tensor buffer(String name, Tensor tensor) {
        register(name, tensor);
        return tensor;
    }

    /** Registers a counter. */
    protected final Counter counter(String name) {
        Counter counter = new Counter();
        register(name, counter);
        return counter;
    }

    private void register(String name, Object member) {
        if (members.putIfAbsent(name, member) != null) {
            throw new IllegalStateException(
                    getClass().getSimpleName() + " registers the name '" + name + "' twice; names must differ");
        }
    }

    /** Whether this module is being trained (batch statistics) or used (running statistics). */
    public final boolean training() {
        return training;
    }

    /** Switches this module and all parts between training and use. */
    public final void training(boolean on) {
        training = on;
        for (Object member : members.values()) {
            if (member instanceof Module module) {
                module.training(on);
            }
        }
    }

    /**
     * Whether the forward pass runs for the second time on the same input, for {@link Recomputed}: it must compute the same
     * and update nothing.
     */
    public final boolean repeating() {
        return repeating;
    }

    /** Runs a forward pass for the second time. */
    final <T> T repeat(Supplier<T> pass) {
        repeating(true);
        try {
            return pass.get();
        } finally {
            repeating(false);
        }
    }

    private void repeating(boolean on) {
        repeating = on;
        for (Object member : members.values()) {
            if (member instanceof Module module) {
                module.repeating(on);
            }
        }
    }

    /** All parameters, of parts too, in order of registration. */
    public final List<Parameter> parameters() {
        return List.copyOf(namedParameters().values());
    }

    /** All parameters by dotted name, in order of registration. */
    public final Map<String, Parameter> namedParameters() {
        Map<String, Parameter> found = new LinkedHashMap<>();
        walk("", (name, member) -> {
            if (member instanceof Parameter parameter) {
                found.put(name, parameter);
            }
        });
        return found;
    }

    /** Everything that a checkpoint stores, in order of registration. */
    public final List<StateEntry> state() {
        List<StateEntry> state = new ArrayList<>();
        walk("", (name, member) -> {
            switch (member) {
                case Parameter p -> state.add(new StateEntry.Floats(name, p.publishedShape(), p.tensor()));
                case Tensor t -> state.add(new StateEntry.Floats(name, t.shape(), t));
                case Counter c -> state.add(new StateEntry.Whole(name, c));
                default -> throw new IllegalStateException("unexpected member " + member);
            }
        });
        return state;
    }

    /** What {@link #state} stores as floats, parameters and buffers, by dotted name, in order of registration. */
    public final Map<String, Tensor> namedTensors() {
        Map<String, Tensor> found = new LinkedHashMap<>();
        walk("", (name, member) -> {
            if (member instanceof Parameter parameter) {
                found.put(name, parameter.tensor());
            } else if (member instanceof Tensor tensor) {
                found.put(name, tensor);
            }
        });
        return found;
    }

    /** All modules below and including this one, by dotted name; this one's name is empty. */
    public final Map<String, Module> modules() {
        Map<String, Module> found = new LinkedHashMap<>();
        collect("", found);
        return found;
    }

    /** Number of values that training changes. */
    public final long parameterCount() {
        return parameters().stream().mapToLong(p -> p.tensor().size()).sum();
    }

    private interface Visitor {
        void visit(String name, Object member);
    }

    private void walk(String prefix, Visitor visitor) {
        members.forEach((name, member) -> {
            if (member instanceof Module module) {
                module.walk(name.startsWith("#") ? prefix : prefix + name + ".", visitor);
            } else {
                visitor.visit(prefix + name, member);
            }
        });
    }

    private void collect(String name, Map<String, Module> found) {
        found.put(name, this);
        members.forEach((key, member) -> {
            if (member instanceof Module module) {
                String path = key.startsWith("#") ? name + key : name.isEmpty() ? key : name + "." + key;
                module.collect(path, found);
            }
        });
    }
}
