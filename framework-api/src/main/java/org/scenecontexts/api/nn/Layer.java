package org.scenecontexts.api.nn;

import org.scenecontexts.api.tensor.Tensor;

/**
 * A module that maps one matrix of features to another, row by row or over all rows.
 *
 * @since 0.1
 */
public abstract class Layer extends Module {

    /**
     * @param x {@code [M, Cin]}
     * @return {@code [M, Cout]}
     */
    public abstract Tensor apply(Tensor x);
}
