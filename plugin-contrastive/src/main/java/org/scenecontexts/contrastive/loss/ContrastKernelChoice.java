package org.scenecontexts.contrastive.loss;

import org.scenecontexts.contrastive.SimdChoice;

/** Chooses the contrast kernels of this machine: vectorised where the incubator module is present. */
final class ContrastKernelChoice {

    private static final String VECTOR = "org.scenecontexts.contrastive.loss.vector.VectorContrastKernels";

    private ContrastKernelChoice() {}

    static ContrastKernels best() {
        return SimdChoice.best(ContrastKernels.class, VECTOR, new ScalarContrastKernels(), ContrastKernels.class);
    }
}
