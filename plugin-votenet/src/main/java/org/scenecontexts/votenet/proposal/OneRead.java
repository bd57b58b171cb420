package org.scenecontexts.votenet.proposal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.ElementType;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Brings several lists of numbers of a device to the host together, since every read waits until the device has done what it was
 * asked for and then leaves it idle: it lays them behind each other there and reads them at once.
 *
 * @since 0.2
 */
public final class OneRead {

    private OneRead() {}

    /**
     * Numbers to read.
     *
     * @param size how many, from the first
     */
    public record Part(Buffer buffer, int size) {

        /** All of a tensor. */
        public static Part of(Tensor tensor) {
            return new Part(tensor.buffer(), tensor.size());
        }
    }

    /** The values of each part, in their order. */
    public static List<float[]> of(TensorEngine engine, List<Part> parts) {
        boolean apart = parts.stream()
                .filter(part -> part.size() > 0)
                .map(Part::buffer)
                .anyMatch(b -> b.onHeap() || b.type() != ElementType.FLOAT32);
        if (apart) {
            return parts.stream()
                    .map(part -> part.buffer().toArray(part.size()))
                    .toList();
        }
        int size = parts.stream().mapToInt(Part::size).sum();
        Buffer all = engine.buffers().take(size);
        int[] at = new int[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            at[i + 1] = at[i] + part.size();
            if (part.size() > 0) {
                engine.dense().copy(part.size(), part.buffer(), all.slice(at[i], part.size()));
            }
        }
        float[] values = all.toArray(size);
        engine.buffers().give(all);
        return IntStream.range(0, parts.size())
                .mapToObj(i -> Arrays.copyOfRange(values, at[i], at[i + 1]))
                .toList();
    }
}
