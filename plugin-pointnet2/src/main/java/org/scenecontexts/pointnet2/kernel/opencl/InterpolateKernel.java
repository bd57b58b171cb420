package org.scenecontexts.pointnet2.kernel.opencl;

import com.aparapi.Kernel;

/** Sums of three weighted rows, one work item per number; on {@code zero} see {@link FarthestKernel}. */
final class InterpolateKernel extends Kernel {

    int count;
    int channels;
    float zero;
    int[] index = {0};
    float[] weights = {0};
    float[] features = {0};
    float[] out = {0};

    @Override
    public void run() {
        int id = getGlobalId();
        if (id < count * channels) {
            int row = id / channels;
            int column = id - row * channels;
            int i = 3 * row;
            float first = features[index[i] * channels + column] * weights[i] + zero;
            float second = features[index[i + 1] * channels + column] * weights[i + 1] + zero;
            float third = features[index[i + 2] * channels + column] * weights[i + 2] + zero;
            out[id] = first + second + third;
        }
    }
}
