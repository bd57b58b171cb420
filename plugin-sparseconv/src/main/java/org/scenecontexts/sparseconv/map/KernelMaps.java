package org.scenecontexts.sparseconv.map;

import java.util.Optional;

/**
 * Builds kernel maps of the convolutions that sparse networks use.
 *
 * <p>Building is linear in the voxels. Keep and share what you build: see {@link VoxelPyramid}.
 *
 * @since 0.1
 */
public final class KernelMaps {

    /** Output rows per block: with 64 channels a block's rows and their neighbours fill half a typical L2 cache. */
    static final int BLOCK_ROWS = 512;

    private KernelMaps() {}

    /**
     * The map of a stride-1 convolution with an odd cubic kernel: {@code out[u] += in[u + o_k * ts] . W_k} over the
     * voxels of one set (REFERENCE 1.7 items 3, 4 and 6).
     *
     * @param set voxels of input and output
     * @param size edge of the kernel: 1, 3, 5, 7 or 9
     * @param layout order of the weight slices
     */
    public static KernelMap cube(CoordinateSet set, int size, KernelLayout layout) {
        return cube(set, size, layout, LazyPairs.of(cubePairs(set, size, MapResources.plain())), Optional.empty());
    }

    /** The same for pairs that do not depend on the layout, and what they are made of. */
    static KernelMap cube(
            CoordinateSet set, int size, KernelLayout layout, LazyPairs pairs, Optional<MapSource> source) {
        checkSize(size);
        int[] offsets = listOffsets(size);
        int[] stored = size == 1 ? new int[3] : layout.offsets(size);
        int lists = offsets.length / 3;
        int[] slices = new int[lists];
        int[] mirrored = new int[lists];
        for (int l = 0; l < lists; l++) {
            slices[l] = find(stored, offsets[3 * l], offsets[3 * l + 1], offsets[3 * l + 2]);
            mirrored[l] = find(stored, -offsets[3 * l], -offsets[3 * l + 1], -offsets[3 * l + 2]);
        }
        return KernelMap.symmetric(set.rows(), BLOCK_ROWS, slices, mirrored, pairs, source);
    }

    /** The pairs of an odd cube, list 0 the centre. */
    static PairTable cubePairs(CoordinateSet set, int size, MapResources resources) {
        checkSize(size);
        return new CubePairs(set, listOffsets(size), size, BLOCK_ROWS, resources).build();
    }

    private static void checkSize(int size) {
        if (size % 2 != 1 || size < 1 || size > 9) {
            throw new IllegalArgumentException(
                    "kernel size is " + size + ", expected 1, 3, 5, 7 or 9 at stride 1; use strided for 2x2x2");
        }
    }

    /**
     * The map of a 2x2x2 convolution with stride 2, from the voxels of {@code fine} to those of {@code coarse}; its
     * {@link KernelMap#inverse() inverse} is the map of the transposed convolution. Slices are in x-fastest order
     * (REFERENCE 1.7 items 5 and 7).
     *
     * @param fine input voxels
     * @param coarse output voxels at twice the tensor stride, usually {@code fine.coarser()}
     * @throws IllegalArgumentException if the tensor strides do not fit
     */
    public static KernelMap strided(CoordinateSet fine, CoordinateSet coarse) {
        ParentPairs pairs = parentPairs(fine, coarse, MapResources.plain());
        return KernelMap.between(
                coarse.rows(),
                fine.rows(),
                BLOCK_ROWS,
                8,
                new KernelMap.Way(LazyPairs.of(pairs.down), Optional.empty()),
                new KernelMap.Way(LazyPairs.of(pairs.up), Optional.empty()),
                pairs.up.pairs() == fine.rows());
    }

    /** The pairs of a 2x2x2 convolution both ways, built with these threads and from this memory. */
    static ParentPairs parentPairs(CoordinateSet fine, CoordinateSet coarse, MapResources resources) {
        if (coarse.tensorStride() != 2 * fine.tensorStride()) {
            throw new IllegalArgumentException("coarse set has tensor stride " + coarse.tensorStride() + ", expected "
                    + 2 * fine.tensorStride() + ", twice that of the fine set; use fine.coarser()");
        }
        ParentPairs pairs = new ParentPairs(fine, coarse, BLOCK_ROWS, resources);
        pairs.build();
        return pairs;
    }

    /** Offsets in the order of the lists: the centre, then x fastest. */
    private static int[] listOffsets(int size) {
        int[] cube = KernelLayout.HYPERCUBE.offsets(size);
        int[] offsets = new int[cube.length];
        int centre = cube.length / 3 / 2;
        System.arraycopy(cube, 0, offsets, 3, 3 * centre);
        System.arraycopy(cube, 3 * centre + 3, offsets, 3 * centre + 3, 3 * centre);
        return offsets;
    }

    private static int find(int[] offsets, int x, int y, int z) {
        for (int k = 0; k < offsets.length / 3; k++) {
            if (offsets[3 * k] == x && offsets[3 * k + 1] == y && offsets[3 * k + 2] == z) {
                return k;
            }
        }
        throw new IllegalStateException("offset (" + x + ", " + y + ", " + z + ") is not in the kernel");
    }
}
