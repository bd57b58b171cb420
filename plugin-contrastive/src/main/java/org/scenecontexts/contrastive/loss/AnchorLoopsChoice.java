package org.scenecontexts.contrastive.loss;

import org.scenecontexts.contrastive.SimdChoice;

/** Chooses the loops of the contrast for this machine: vectorised where the incubator module is present. */
final class AnchorLoopsChoice {

    private static final String VECTOR = "org.scenecontexts.contrastive.loss.vector.VectorAnchorLoops";

    private AnchorLoopsChoice() {}

    static AnchorLoops best() {
        return SimdChoice.best(AnchorLoops.class, VECTOR, new ScalarAnchorLoops(), AnchorLoops.class);
    }
}
