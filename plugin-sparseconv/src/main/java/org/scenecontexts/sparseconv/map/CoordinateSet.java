package org.scenecontexts.sparseconv.map;

import java.util.Arrays;
import org.scenecontexts.api.grid.MortonKey;
import org.scenecontexts.api.grid.RadixSort;

/**
 * The voxels that a sparse tensor has rows for: distinct, in Morton order within each batch item, at one tensor stride.
 *
 * <p>Row {@code i} of every feature array that belongs to this set is the voxel with key {@code key(i)}. Batch items
 * follow each other. Immutable.
 *
 * @since 0.1
 */
public final class CoordinateSet {

    /** Bits of each of the {@link #parts()} of a key. */
    public static final int PART_BITS = 21;

    private static final int PARTS = 3;

    private final long[] keys;
    private final int tensorStride;
    private final int[] batchOffsets;
    private volatile int[] parts = {};

    private CoordinateSet(long[] sortedKeys, int tensorStride, int[] batchOffsets) {
        this.keys = sortedKeys;
        this.tensorStride = tensorStride;
        this.batchOffsets = batchOffsets;
    }

    /**
     * A set together with where its rows came from.
     *
     * @param set the voxels in Morton order
     * @param order for each row of {@code set} the row of the caller's array, {@code [rows]}
     */
    public record Sorted(CoordinateSet set, int[] order) {

        /** For each row of the caller's array its row in {@link #set}, {@code [rows]}. */
        public int[] rowOfInput() {
            int[] row = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                row[order[i]] = i;
            }
            return row;
        }

        /**
         * Brings rows from the caller's order into the order of the set.
         *
         * @param rows {@code [rows, width]} in the caller's order
         * @param width values per row
         * @return {@code [rows, width]} in the order of the set
         */
        public float[] toSetOrder(float[] rows, int width) {
            float[] sorted = new float[order.length * width];
            for (int i = 0; i < order.length; i++) {
                System.arraycopy(rows, order[i] * width, sorted, i * width, width);
            }
            return sorted;
        }

        /** Brings rows {@code [rows, width]} from the order of the set back into the caller's order. */
        public float[] toInputOrder(float[] rows, int width) {
            float[] back = new float[order.length * width];
            for (int i = 0; i < order.length; i++) {
                System.arraycopy(rows, i * width, back, order[i] * width, width);
            }
            return back;
        }
    }

    /**
     * Sorts voxels of any order into a set.
     *
     * @param coordinates {@code [rows, 4]}: batch item, x, y, z (REFERENCE 1.7 item 1)
     * @param tensorStride distance between neighbouring voxels, a power of two that divides every x, y and z
     * @throws IllegalArgumentException if a voxel occurs twice, is out of range or is not a multiple of the stride
     */
    public static Sorted sort(int[] coordinates, int tensorStride) {
        checkStride(tensorStride);
        if (coordinates.length % 4 != 0) {
            throw new IllegalArgumentException("coordinates have " + coordinates.length
                    + " values, expected a multiple of 4 (batch item, x, y, z per row)");
        }
        long[] keys = new long[coordinates.length / 4];
        for (int i = 0; i < keys.length; i++) {
            int b = coordinates[4 * i];
            int x = coordinates[4 * i + 1];
            int y = coordinates[4 * i + 2];
            int z = coordinates[4 * i + 3];
            if (!MortonKey.fits(b, x, y, z)) {
                throw new IllegalArgumentException("row " + i + " is voxel " + text(coordinates, i)
                        + ", expected a batch item of 0 to " + MortonKey.MAX_BATCH + " and coordinates within +-"
                        + MortonKey.MAX_COORDINATE + "; is the voxel size too small, or the cloud not in metres?");
            }
            if (((x | y | z) & (tensorStride - 1)) != 0) {
                throw new IllegalArgumentException("row " + i + " is voxel " + text(coordinates, i)
                        + ", expected multiples of the tensor stride " + tensorStride
                        + "; floor the coordinates first");
            }
            keys[i] = MortonKey.of(b, x, y, z);
        }
        int[] order = RadixSort.sort(keys);
        for (int i = 1; i < keys.length; i++) {
            if (keys[i] == keys[i - 1]) {
                throw new IllegalArgumentException("rows " + order[i - 1] + " and " + order[i]
                        + " are the same voxel " + text(coordinates, order[i])
                        + ", expected distinct voxels; sample the cloud to one row per voxel first");
            }
        }
        return new Sorted(new CoordinateSet(keys, tensorStride, offsets(keys)), order);
    }

    /**
     * The set of a stride-2 convolution's output: every voxel floored to multiples of twice the tensor stride
     * (REFERENCE 1.7 item 2).
     */
    public CoordinateSet coarser() {
        int stride = 2 * tensorStride;
        checkStride(stride);
        long mask = -1L << (3 * Integer.numberOfTrailingZeros(stride));
        int n = 0;
        long last = -1;
        for (long key : keys) {
            n += (key & mask) != last ? 1 : 0;
            last = key & mask;
        }
        long[] coarse = new long[n];
        n = 0;
        last = -1;
        for (long key : keys) {
            long parent = key & mask;
            if (parent != last) {
                coarse[n++] = parent;
                last = parent;
            }
        }
        return new CoordinateSet(coarse, stride, offsets(coarse));
    }

    /** Number of voxels. */
    public int rows() {
        return keys.length;
    }

    /** Distance between neighbouring voxels, in voxels of stride 1. */
    public int tensorStride() {
        return tensorStride;
    }

    /** Number of batch items: one more than the largest that occurs, 0 for an empty set. */
    public int batchItems() {
        return batchOffsets.length - 1;
    }

    /** First row of each batch item, and the number of rows at the end, {@code [items + 1]}. */
    public int[] batchOffsets() {
        return batchOffsets.clone();
    }

    /** Key of a row, see {@link MortonKey}. */
    public long key(int row) {
        return keys[row];
    }

    /**
     * The keys in row order, each cut into three numbers of {@link #PART_BITS} bits, lowest first, {@code [rows, 3]}: so they are
     * brought to a device. Cut when they are asked for the first time; the array is the set's own, do not write to it.
     *
     * @since 0.2
     */
    public int[] parts() {
        int[] known = parts;
        if (known.length != PARTS * keys.length) {
            known = new int[PARTS * keys.length];
            int mask = (1 << PART_BITS) - 1;
            for (int i = 0; i < keys.length; i++) {
                long key = keys[i];
                known[PARTS * i] = (int) key & mask;
                known[PARTS * i + 1] = (int) (key >>> PART_BITS) & mask;
                known[PARTS * i + 2] = (int) (key >>> 2 * PART_BITS) & mask;
            }
            parts = known;
        }
        return known;
    }

    /** The voxels in row order, {@code [rows, 4]}: batch item, x, y, z. */
    public int[] coordinates() {
        int[] out = new int[4 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            out[4 * i] = MortonKey.batch(keys[i]);
            out[4 * i + 1] = MortonKey.x(keys[i]);
            out[4 * i + 2] = MortonKey.y(keys[i]);
            out[4 * i + 3] = MortonKey.z(keys[i]);
        }
        return out;
    }

    /** Row of a voxel, or a negative number if the set has no such voxel. */
    public int row(int batch, int x, int y, int z) {
        return MortonKey.fits(batch, x, y, z) ? Arrays.binarySearch(keys, MortonKey.of(batch, x, y, z)) : -1;
    }

    /** The keys in row order; not a copy. */
    long[] keys() {
        return keys;
    }

    /** Bits by which a key is shifted so that neighbouring voxels differ by one. */
    int unitShift() {
        return 3 * Integer.numberOfTrailingZeros(tensorStride);
    }

    @Override
    public String toString() {
        return rows() + " voxels of " + batchItems() + " batch items at tensor stride " + tensorStride;
    }

    private static int[] offsets(long[] keys) {
        int items = keys.length == 0 ? 0 : MortonKey.batch(keys[keys.length - 1]) + 1;
        int[] offsets = new int[items + 1];
        int row = 0;
        for (int item = 0; item < items; item++) {
            offsets[item] = row;
            row = firstRowAfter(keys, item, row);
        }
        offsets[items] = keys.length;
        return offsets;
    }

    private static int firstRowAfter(long[] keys, int item, int from) {
        int at = Arrays.binarySearch(keys, from, keys.length, (long) (item + 1) << MortonKey.SPATIAL_BITS);
        return at < 0 ? -at - 1 : at;
    }

    private static void checkStride(int stride) {
        if (stride < 1 || stride > 1024 || Integer.bitCount(stride) != 1) {
            throw new IllegalArgumentException(
                    "tensor stride is " + stride + ", expected a power of two of 1 to 1024; check the network's depth");
        }
    }

    private static String text(int[] c, int row) {
        return "(batch " + c[4 * row] + ", x " + c[4 * row + 1] + ", y " + c[4 * row + 2] + ", z " + c[4 * row + 3]
                + ")";
    }
}
