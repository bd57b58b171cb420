package org.scenecontexts.sparseconv.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Refuses arrays that do not fit a kernel map before any arithmetic starts; for implementations of
 * {@link SparseConvKernels}.
 *
 * @since 0.1
 */
public final class ConvArguments {

    private ConvArguments() {}

    /**
     * Checks the arrays of a convolution or of one of its gradients.
     *
     * @param in features or gradient of the map's input rows
     * @param weights weights or their gradient
     * @param out features or gradient of the map's output rows
     * @throws IllegalArgumentException naming the array, its length and the length expected
     */
    public static void check(KernelMap map, Buffer in, int cin, Buffer weights, int cout, Buffer out) {
        if (cin < 1 || cout < 1) {
            throw new IllegalArgumentException("sparse convolution of " + cin + " to " + cout
                    + " channels, expected at least 1 of each; check the layer's widths");
        }
        length("input", in, map.inRows(), cin, map);
        length("weight", weights, map.lists() * (long) cin, cout, map);
        length("output", out, map.outRows(), cout, map);
    }

    private static void length(String what, Buffer array, long rows, int channels, KernelMap map) {
        long needed = rows * channels;
        if (array.capacity() < needed) {
            throw new IllegalArgumentException(
                    what + " array of a sparse convolution (" + map + ") has " + array.capacity()
                            + " values, expected at least " + rows + " x " + channels + " = " + needed
                            + "; was it made for another kernel map?");
        }
    }
}
