package org.scenecontexts.sparseconv.conv;

/**
 * The order in which the 27 slices of a 3x3x3 kernel are stored; files written in one order load without any error into a
 * network that expects the other, and give garbage.
 *
 * <p>The layout concerns the convolutions inside blocks only. The first, the strided and the transposed ones are x fastest
 * in every version.
 *
 * @since 0.1
 */
public enum KernelLayout {
    /**
     * Centre first, as MinkowskiEngine 0.4 expands its HYBRID region (REFERENCE 1.7 item 6): the order of the released
     * weights.
     */
    MINKOWSKI_0_4("minkowski-0.4", hybrid()),

    /** x fastest, then y, then z: the order of MinkowskiEngine 0.5 and of most other libraries. */
    HYPERCUBE("hypercube", hypercube());

    private final String label;
    private final int[] slices;

    KernelLayout(String label, int[] slices) {
        this.label = label;
        this.slices = slices;
    }

    /** For each stored slice the place of its offset in x-fastest order, {@code (dx+1) + 3 (dy+1) + 9 (dz+1)}; 27 entries. */
    public int[] slices() {
        return slices.clone();
    }

    /** The name in pipelines and in the metadata of checkpoints. */
    @Override
    public String toString() {
        return label;
    }

    private static int[] hypercube() {
        int[] slices = new int[27];
        java.util.Arrays.setAll(slices, k -> k);
        return slices;
    }

    /** Starting from the centre, each axis in turn doubles the list twice: every offset so far with -1, then with +1. */
    private static int[] hybrid() {
        int[] slices = new int[27];
        slices[0] = 13;
        int count = 1;
        for (int step = 1; step <= 9; step *= 3) {
            int before = count;
            for (int i = 0; i < before; i++) {
                slices[count++] = slices[i] - step;
                slices[count++] = slices[i] + step;
            }
        }
        return slices;
    }
}
