package org.scenecontexts.opencl;

import com.aparapi.Kernel;

/** Writes one number; a class of its own, because a failed launch sticks to the class. */
final class Refused extends Kernel {

    int[] out = {0};

    @Override
    public void run() {
        if (getGlobalId() == 0) {
            out[0] = 7;
        }
    }
}
