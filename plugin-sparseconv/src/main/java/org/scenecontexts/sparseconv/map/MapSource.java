package org.scenecontexts.sparseconv.map;

/**
 * Says of what voxels the pairs of a map are made and how, so that kernels of a device can find them there and need none from
 * the host. Maps whose pairs are the same have equal sources, whatever the layout of their weights.
 *
 * @param pyramid has the voxels
 * @param kind of convolution
 * @param level its finer one, which is the only one of a cube
 * @param size edge of the kernel in voxels of the level
 * @since 0.2
 */
public record MapSource(VoxelPyramid pyramid, Kind kind, int level, int size) {

    /** How output rows lie to input rows. */
    public enum Kind {
        /** The voxels around: lists are the centre, then all other offsets with x fastest. */
        CUBE,
        /** From a level to the next coarser one: a list for each of the eight places in a coarse voxel, x fastest. */
        DOWN,
        /** From the next coarser level back. */
        UP
    }

    /** Rows of the output. */
    public int outRows() {
        return pyramid.level(kind == Kind.DOWN ? level + 1 : level).rows();
    }

    /** Number of lists. */
    public int lists() {
        return size * size * size;
    }

    /** What the number of pairs does not exceed. */
    public int mostPairs() {
        int finer = pyramid.level(level).rows();
        return kind == Kind.CUBE ? Math.multiplyExact(finer, lists()) : finer;
    }
}
