package org.scenecontexts.pointnet2.kernel.opencl;

import com.aparapi.Kernel;

/** Neighbourhoods as rows, one work item per number. */
final class GroupKernel extends Kernel {

    int count;
    int samples;
    int channels;
    float scale;
    float[] xyz = {0};
    float[] centreXyz = {0};
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
            int point = index[row];
            if (column < 3) {
                out[id] = (xyz[3 * point + column] - centreXyz[3 * (row / samples) + column]) / scale;
            } else {
                out[id] = features[point * channels + column - 3];
            }
        }
    }
}
