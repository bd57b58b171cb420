package org.scenecontexts.runtime.train;

import java.util.Collection;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Lays all parameters of a training out in one buffer, and their gradients in another of the same order: a device then moves,
 * sums and clears them in one piece, and nothing of them is allocated in a step.
 */
final class FlatParameters {

    /** Elements to whose multiples parameters are laid, so that a device reads them in its widest pieces. */
    private static final int ALIGNMENT = 64;

    private FlatParameters() {}

    /** Moves them, in their order; between them lie zeros. */
    static void lay(TensorEngine engine, Collection<Parameter> parameters) {
        int total = 0;
        for (Parameter parameter : parameters) {
            total = Math.addExact(total, aligned(parameter.tensor().size()));
        }
        Buffer values = engine.bufferOf(new float[total]);
        Buffer gradients = engine.bufferOf(new float[total]);
        int at = 0;
        for (Parameter parameter : parameters) {
            Tensor tensor = parameter.tensor();
            tensor.moveTo(values.slice(at, tensor.size()));
            tensor.keepGradIn(Tensor.over(engine, gradients.slice(at, tensor.size()), tensor.shape()));
            at += aligned(tensor.size());
        }
    }

    private static int aligned(int size) {
        return Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT;
    }
}
