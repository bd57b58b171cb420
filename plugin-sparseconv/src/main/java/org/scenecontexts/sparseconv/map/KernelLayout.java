package org.scenecontexts.sparseconv.map;

/**
 * The order in which the weight slices of a kernel are stored, which a checkpoint does not say and a shape cannot tell.
 *
 * @since 0.1
 */
public enum KernelLayout {

    /** x fastest, then y, then z; odd kernels centred, even ones from 0 (REFERENCE 1.7 items 4 and 5). */
    HYPERCUBE("hypercube"),

    /**
     * Centre first, then each axis in turn, as MinkowskiEngine 0.4 expands its HYBRID region and the released weights
     * of residual blocks are stored (REFERENCE 1.7 item 6). Odd kernels of size 3 only.
     */
    MINKOWSKI_04_HYBRID("minkowski-0.4");

    private final String text;

    KernelLayout(String text) {
        this.text = text;
    }

    /** The name in pipelines and in the metadata of weight files. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * The offsets of a cubic kernel in this order.
     *
     * @param size edge of the kernel, 1 or more
     * @return {@code [size^3, 3]}: dx, dy, dz in units of the input's tensor stride
     * @throws IllegalArgumentException if the layout has no kernel of this size
     */
    public int[] offsets(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("kernel size is " + size + ", expected 1 or more");
        }
        if (this == HYPERCUBE) {
            return hypercube(size);
        }
        if (size != 3) {
            throw new IllegalArgumentException(
                    "kernel size is " + size + ", expected 3 for the minkowski-0.4 hybrid layout; use hypercube");
        }
        return hybrid();
    }

    private static int[] hypercube(int size) {
        int low = size % 2 == 1 ? -(size / 2) : 0;
        int[] offsets = new int[3 * size * size * size];
        for (int k = 0; k < offsets.length / 3; k++) {
            offsets[3 * k] = low + k % size;
            offsets[3 * k + 1] = low + k / size % size;
            offsets[3 * k + 2] = low + k / (size * size);
        }
        return offsets;
    }

    private static int[] hybrid() {
        int[] offsets = new int[81];
        int count = 1;
        for (int axis = 0; axis < 3; axis++) {
            int before = count;
            for (int i = 0; i < before; i++) {
                for (int d = -1; d <= 1; d += 2) {
                    System.arraycopy(offsets, 3 * i, offsets, 3 * count, 3);
                    offsets[3 * count + axis] = d;
                    count++;
                }
            }
        }
        return offsets;
    }
}
