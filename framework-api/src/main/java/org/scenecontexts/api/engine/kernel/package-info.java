/**
 * Families of primitives beside {@link org.scenecontexts.api.engine.DenseKernels}, had by {@code engine.kernel(Family.class)}.
 *
 * <p>The rules of dense arithmetic hold here too: buffers may be longer than needed and may be slices, only what is marked
 * {@link org.scenecontexts.api.engine.Written} is written, written buffers share no memory with others unless the primitive
 * says so, nothing is returned to the host, and results depend on neither threads nor time. A device without a family of its
 * own has the processor's through {@link org.scenecontexts.api.engine.BorrowedKernels}.
 */
@Incubating
package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.Incubating;
