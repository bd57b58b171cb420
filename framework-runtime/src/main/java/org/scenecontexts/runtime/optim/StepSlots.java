package org.scenecontexts.runtime.optim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Small buffers, the same in every step, for what changes from step to step: one for all parameters that have made as many
 * steps.
 */
final class StepSlots {

    private final TensorEngine engine;
    private final int length;
    private final List<Tensor> slots = new ArrayList<>();
    private final Map<Long, Buffer> current = new HashMap<>();

    /** @param length numbers per slot */
    StepSlots(TensorEngine engine, int length) {
        this.engine = engine;
        this.length = length;
    }

    /** Begins a step: slots can be filled anew. */
    void begin() {
        current.clear();
    }

    /**
     * The numbers for one kind of parameter.
     *
     * @param kind tells kinds apart, such as the number of steps made
     * @param numbers computes them, when the kind is first asked for in a step
     */
    Buffer of(long kind, Supplier<float[]> numbers) {
        Buffer known = current.get(kind);
        if (known == null) {
            if (slots.size() == current.size()) {
                slots.add(engine.wrap(new float[length], length));
            }
            Tensor slot = slots.get(current.size());
            slot.set(numbers.get());
            known = slot.buffer();
            current.put(kind, known);
        }
        return known;
    }
}
