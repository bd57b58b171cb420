package org.scenecontexts.testing;

import java.util.Locale;

/**
 * By which driver suites of device kernels are run, so that one suite serves all: the JVM's property {@value #PROPERTY}, which
 * {@code gpu-check} sets for a card and {@link OnCudaStandIn} for a class.
 */
public enum TestDevice {
    /** The OpenCL device that is preferred here. */
    OPENCL,
    /** The card of NVIDIA's that is preferred here. */
    CUDA,
    /** {@link CudaStandIn}. */
    STAND_IN;

    /** The property; its values are {@code opencl} (the default), {@code cuda} and {@code stand-in}. */
    public static final String PROPERTY = "csc.test.device";

    /** The driver that is wanted now. */
    public static TestDevice wanted() {
        return valueOf(
                System.getProperty(PROPERTY, "opencl").toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
