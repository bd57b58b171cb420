package org.scenecontexts.io.safetensors;

import java.util.List;

/**
 * What the header of a safetensors file says about one tensor.
 *
 * @param name unique in the file
 * @param type type of the elements
 * @param shape lengths along the axes; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end one past the last byte
 * @since 0.1
 */
public record TensorEntry(String name, TensorType type, List<Long> shape, long begin, long end) {

    public TensorEntry {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    public long size() {
        return (end - begin) / type.bytes();
    }

    /** The shape as the arrays of this project write it. */
    public int[] shapeArray() {
        return shape.stream().mapToInt(Math::toIntExact).toArray();
    }
}
