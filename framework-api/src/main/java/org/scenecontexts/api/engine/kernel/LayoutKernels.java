package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Written;

/**
 * Moves numbers to other places without changing them.
 *
 * @since 0.2
 */
public interface LayoutKernels {

    /** {@code out[o, j, i, k] = x[o, i, j, k]} for {@code x [outer, rows, columns, inner]}. */
    void transpose(int outer, int rows, int columns, int inner, Buffer x, @Written Buffer out);
}
