package org.scenecontexts.pointnet2.kernel.opencl;

import com.aparapi.Kernel;

/**
 * Scattered additions turned round: one work item per number of the result, which adds up all that goes there in the order
 * of the list of users. Serves the gradients of grouping and of interpolation; on {@code zero} see {@link FarthestKernel}.
 */
final class GatherSumKernel extends Kernel {

    int rows;
    int channels;
    /** Row of {@code gradOut} of a user: its number divided by this. */
    int perRow;
    /** Numbers in a row of {@code gradOut}, and those at its beginning to leave out. */
    int width;

    int skip;
    /** 1 if users have weights. */
    int weighted;

    float zero;

    int[] start = {0};
    int[] user = {0};
    float[] weights = {0};
    float[] gradOut = {0};
    float[] out = {0};

    @Override
    public void run() {
        int id = getGlobalId();
        if (id < rows * channels) {
            int row = id / channels;
            int column = id - row * channels + skip;
            int end = start[row + 1];
            float sum = 0f;
            for (int u = start[row]; u < end; u++) {
                int who = user[u];
                float g = gradOut[who / perRow * width + column];
                if (weighted == 1) {
                    g = g * weights[who] + zero;
                }
                sum = sum + g;
            }
            out[id] = sum;
        }
    }
}
