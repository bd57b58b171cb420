package org.scenecontexts.opencl;

import com.aparapi.Kernel;

/** Copies numbers: all transfer, no arithmetic. */
final class CopyKernel extends Kernel {

    int count = 1;
    float[] in = {0};
    float[] out = {0};

    @Override
    public void run() {
        int id = getGlobalId();
        if (id < count) {
            out[id] = in[id];
        }
    }
}
