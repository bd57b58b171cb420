package org.scenecontexts.opencl;

import com.aparapi.Kernel;

/** Makes an object, which OpenCL cannot. */
final class Untranslatable extends Kernel {

    int[] out = {0};

    @Override
    public void run() {
        out[getGlobalId()] = new Object().hashCode();
    }
}
