package org.scenecontexts.pointnet2.kernel.opencl;

import com.aparapi.Kernel;

/** Neighbourhoods as rows, one work item per number. */
final class GroupKernel extends Kernel {

    int count;
    int channels;
    /** Places relative to the centres, {@code [count, 3]}: divided on the processor, since OpenCL may round quotients. */
    float[] relative = {0};

    int[] index = {0};
    float[] features = {0};
    float[] out = {0};

    @Override
    public void run() {
        int id = getGlobalId();
        int width = 3 + channels;
        if (id < count * width) {
            int row = id / width;
            int column = id - row * width;
            if (column < 3) {
                out[id] = relative[3 * row + column];
            } else {
                out[id] = features[index[row] * channels + column - 3];
            }
        }
    }
}
