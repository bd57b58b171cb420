package org.scenecontexts.opencl;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;

/**
 * Fits arrays to what Aparapi does with them: it sends and fetches whole arrays, whatever part a kernel uses.
 *
 * @since 0.1
 */
public final class Staging {

    private Staging() {}

    /**
     * An array to read from on the device: the buffer's own where little of it is superfluous, else a copy of its leading
     * part.
     *
     * @param length values needed, at least 1
     */
    public static float[] input(Buffer buffer, int length) {
        boolean asItIs = buffer.arrayOffset() == 0 && buffer.array().length - length <= length / 8;
        return asItIs ? buffer.array() : buffer.toArray(length);
    }

    /** The same for indices. */
    public static int[] input(Indices indices, int length) {
        int[] array = indices.array();
        return array.length - length <= length / 8 ? array : Arrays.copyOf(array, length);
    }

    /** An array to write to on the device: the buffer's own if it is just long enough, else a new one. */
    public static float[] output(Buffer buffer, int length) {
        return buffer.arrayOffset() == 0 && buffer.array().length == length ? buffer.array() : new float[length];
    }

    /** The same for indices. */
    public static int[] output(Indices indices, int length) {
        return indices.array().length == length ? indices.array() : new int[length];
    }

    /** Brings what the device wrote to where it was wanted. */
    public static void fetch(float[] staged, Buffer buffer) {
        if (staged != buffer.array()) {
            buffer.copyIn(0, staged, 0, staged.length);
        }
    }

    /** The same for indices. */
    public static void fetch(int[] staged, Indices indices) {
        if (staged != indices.array()) {
            System.arraycopy(staged, 0, indices.array(), 0, staged.length);
        }
    }
}
