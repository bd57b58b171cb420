package org.scenecontexts.runtime.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Counter;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What an optimizer remembers of one parameter: arrays of its size and the number of steps that it has made. Counted per
 * parameter, because one that gets its first gradient late starts late.
 */
final class StepMemory extends Module {

    private final Parameter parameter;
    private final List<Tensor> arrays = new ArrayList<>();
    private final Counter steps;

    private StepMemory(String name, Parameter parameter, List<Room> rooms, String... kinds) {
        this.parameter = parameter;
        for (int k = 0; k < kinds.length; k++) {
            // Files show the memory under the shape of its parameter.
            Tensor zeros = rooms.get(k).beside(parameter);
            arrays.add(zeros);
            buffer(name + "." + kinds[k], zeros);
        }
        steps = counter(name + ".steps");
    }

    /** Memories for all parameters, in their order. */
    static List<StepMemory> of(TensorEngine engine, Map<String, Parameter> parameters, String... kinds) {
        List<Room> rooms = new ArrayList<>();
        for (int k = 0; k < kinds.length; k++) {
            rooms.add(new Room(engine, parameters.values()));
        }
        List<StepMemory> memories = new ArrayList<>();
        parameters.forEach((name, parameter) -> memories.add(new StepMemory(name, parameter, rooms, kinds)));
        return memories;
    }

    /** Zeros that lie as the parameters do: those of one buffer in one buffer, in the same places. */
    private static final class Room {
        private final TensorEngine engine;
        private final Map<Object, Integer> ends = new IdentityHashMap<>();
        private final Map<Object, Buffer> made = new IdentityHashMap<>();

        Room(TensorEngine engine, Collection<Parameter> parameters) {
            this.engine = engine;
            for (Parameter parameter : parameters) {
                Buffer values = parameter.tensor().buffer();
                int end = values.offset() + parameter.tensor().size();
                ends.merge(values.memory(), end, Math::max);
            }
        }

        Tensor beside(Parameter parameter) {
            Buffer values = parameter.tensor().buffer();
            Buffer all = made.computeIfAbsent(values.memory(), memory -> engine.bufferOf(new float[ends.get(memory)]));
            int size = parameter.tensor().size();
            return Tensor.over(
                    engine, all.slice(values.offset(), size), parameter.tensor().shape());
        }
    }

    Parameter parameter() {
        return parameter;
    }

    Buffer buffer(int kind) {
        return arrays.get(kind).buffer();
    }

    Counter steps() {
        return steps;
    }

    /** State of several memories, arrays under the published shape of their parameter. */
    static List<StateEntry> state(List<StepMemory> memories) {
        List<StateEntry> state = new ArrayList<>();
        for (StepMemory memory : memories) {
            for (StateEntry entry : memory.state()) {
                state.add(
                        entry instanceof StateEntry.Floats f
                                ? new StateEntry.Floats(f.name(), memory.parameter.publishedShape(), f.tensor())
                                : entry);
            }
        }
        return state;
    }
}
