package org.scenecontexts.api.grid;

/**
 * Says which input cells meet which output cells in a convolution over a grid: made by {@link GridStructure} and understood
 * by the {@link GridKernels} that it comes from.
 *
 * @since 0.2
 */
public interface GridMap {

    /** Rows of the input. */
    int inRows();

    /** Rows of the output. */
    int outRows();

    /** Number of offsets of the kernel, which is its number of weight matrices. */
    int offsets();

    /** Number of pairs of an input and an output row: one product of a row with a weight matrix each. */
    int pairs();
}
