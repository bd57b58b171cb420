package org.scenecontexts.runtime.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Counter;
import org.scenecontexts.api.nn.Init;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What an optimizer remembers of one parameter: arrays of its size and the number of steps that it has made. Counted per
 * parameter, because one that gets its first gradient late starts late.
 */
final class Memory extends Module {

    private final Parameter parameter;
    private final List<Tensor> arrays = new ArrayList<>();
    private final Counter steps;

    private Memory(TensorEngine engine, String name, Parameter parameter, String... kinds) {
        this.parameter = parameter;
        for (String kind : kinds) {
            Tensor zeros = Init.constant(engine, 0, parameter.tensor().shape());
            // Files show the memory under the shape of its parameter.
            arrays.add(zeros);
            buffer(name + "." + kind, zeros);
        }
        steps = counter(name + ".steps");
    }

    /** Memories for all parameters, in their order. */
    static List<Memory> of(TensorEngine engine, Map<String, Parameter> parameters, String... kinds) {
        List<Memory> memories = new ArrayList<>();
        parameters.forEach((name, parameter) -> memories.add(new Memory(engine, name, parameter, kinds)));
        return memories;
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
    static List<StateEntry> state(List<Memory> memories) {
        List<StateEntry> state = new ArrayList<>();
        for (Memory memory : memories) {
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
