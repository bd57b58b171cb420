package org.scenecontexts.contrastive.loss;

import java.lang.reflect.InvocationTargetException;

/** Chooses the contrast kernels of this machine: vectorised where the incubator module is present. */
final class ContrastKernelChoice {

    private static final String VECTOR = "org.scenecontexts.contrastive.loss.vector.VectorContrastKernels";

    private ContrastKernelChoice() {}

    static ContrastKernels best() {
        ContrastKernels scalar = new ScalarContrastKernels();
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (!present || "scalar".equals(System.getProperty("csc.simd"))) {
            return scalar;
        }
        try {
            return (ContrastKernels)
                    Class.forName(VECTOR).getConstructor(ContrastKernels.class).newInstance(scalar);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("the vector kernels of plugin-contrastive cannot be loaded: " + e, e);
        }
    }
}
