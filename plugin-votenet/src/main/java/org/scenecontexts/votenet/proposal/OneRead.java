package org.scenecontexts.votenet.proposal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.ElementType;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Brings several tensors of a device to the host together, since every read waits until the device has done what it was asked for
 * and then leaves it idle: it lays them behind each other there and reads them at once.
 *
 * @since 0.2
 */
public final class OneRead {

    private OneRead() {}

    /** The values of each tensor, in their order. */
    public static List<float[]> of(TensorEngine engine, List<Tensor> tensors) {
        boolean together =
                tensors.stream().map(Tensor::buffer).noneMatch(b -> b.onHeap() || b.type() != ElementType.FLOAT32);
        if (!together) {
            return tensors.stream().map(Tensor::toArray).toList();
        }
        int size = tensors.stream().mapToInt(Tensor::size).sum();
        Buffer all = engine.buffers().take(size);
        int[] at = new int[tensors.size() + 1];
        for (int i = 0; i < tensors.size(); i++) {
            Tensor tensor = tensors.get(i);
            at[i + 1] = at[i] + tensor.size();
            engine.dense().copy(tensor.size(), tensor.buffer(), all.slice(at[i], tensor.size()));
        }
        float[] values = all.toArray(size);
        engine.buffers().give(all);
        return IntStream.range(0, tensors.size())
                .mapToObj(i -> Arrays.copyOfRange(values, at[i], at[i + 1]))
                .toList();
    }
}
