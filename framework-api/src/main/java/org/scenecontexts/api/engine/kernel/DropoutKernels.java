package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Written;

/**
 * Dropout whose mask is a function of seed, iteration, operator and element, so that every engine draws the same one, and
 * the backward pass, recomputation and a resumed training draw it again.
 *
 * <p>The chance of element i is number {@code i % 4} of the four that Philox4x32-10 (Salmon et al., Parallel Random Numbers:
 * As Easy as 1, 2, 3, 2011) makes of the counter {@code (i / 4, operator, low and high word of the iteration)} under the key
 * {@code (low and high word of the seed)}. An element is dropped where its chance, an unsigned 32-bit number, is below
 * {@code floor(probability * 2^32)}.
 *
 * @since 0.2
 */
public interface DropoutKernels {

    /**
     * {@code out = x / (1 - probability)} where an element stays, 0 where it is dropped; the gradient likewise.
     *
     * @param probability of being dropped, 0 to 1; at 1 everything is
     * @param draw {@code [8]}: the seed and the iteration, each as four digits of 16 bits, the lowest first; see
     *     {@link org.scenecontexts.api.engine.Draws}
     * @param operator number of this application of dropout within the iteration
     * @param out may be {@code x}
     */
    void dropout(int n, double probability, Buffer draw, int operator, Buffer x, @Written Buffer out);
}
