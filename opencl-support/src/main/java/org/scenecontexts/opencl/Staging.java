package org.scenecontexts.opencl;

import java.util.Arrays;

/**
 * Fits arrays to what Aparapi does with them: it sends and fetches whole arrays, whatever part a kernel uses.
 *
 * @since 0.1
 */
public final class Staging {

    private Staging() {}

    /**
     * An array to read from on the device: the array itself where little of it is superfluous, else a copy of its leading
     * part.
     *
     * @param length values needed, at least 1
     */
    public static float[] input(float[] array, int length) {
        return array.length - length <= length / 8 ? array : Arrays.copyOf(array, length);
    }

    /** The same for integers. */
    public static int[] input(int[] array, int length) {
        return array.length - length <= length / 8 ? array : Arrays.copyOf(array, length);
    }

    /** An array to write to on the device: the array itself if it is just long enough, else a new one. */
    public static float[] output(float[] array, int length) {
        return array.length == length ? array : new float[length];
    }

    /** The same for integers. */
    public static int[] output(int[] array, int length) {
        return array.length == length ? array : new int[length];
    }

    /** Brings what the device wrote to where it was wanted. */
    public static void fetch(float[] staged, float[] array) {
        if (staged != array) {
            System.arraycopy(staged, 0, array, 0, staged.length);
        }
    }

    /** The same for integers. */
    public static void fetch(int[] staged, int[] array) {
        if (staged != array) {
            System.arraycopy(staged, 0, array, 0, staged.length);
        }
    }
}
