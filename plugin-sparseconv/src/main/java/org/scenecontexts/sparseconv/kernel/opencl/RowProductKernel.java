package org.scenecontexts.sparseconv.kernel.opencl;

import com.aparapi.Kernel;

/**
 * One work item per output row and eight output channels, sums in registers; written for Aparapi's translator, which
 * knows no {@code break}, no calls of objects and no arrays in registers.
 */
final class RowProductKernel extends Kernel {

    /** Output channels of a work item. */
    static final int TILE = 8;

    int rows;
    int lists;
    int inWidth;
    int outWidth;
    int tiles;
    /** Input row of each list, or -1: {@code [rows, lists]}. */
    int[] neighbours = {0};

    float[] in = {0};
    /** {@code [lists, inWidth, tiles * 8]}. */
    float[] weights = {0};

    float[] out = {0};

    @Override
    public void run() {
        int id = getGlobalId();
        if (id < rows * tiles) {
            int row = id / tiles;
            int tile = id - row * tiles;
            int stride = tiles * 8;
            float s0 = 0f;
            float s1 = 0f;
            float s2 = 0f;
            float s3 = 0f;
            float s4 = 0f;
            float s5 = 0f;
            float s6 = 0f;
            float s7 = 0f;
            for (int list = 0; list < lists; list++) {
                int from = neighbours[row * lists + list];
                if (from >= 0) {
                    int a = from * inWidth;
                    int w = list * inWidth * stride + tile * 8;
                    for (int i = 0; i < inWidth; i++) {
                        float x = in[a + i];
                        s0 = s0 + x * weights[w];
                        s1 = s1 + x * weights[w + 1];
                        s2 = s2 + x * weights[w + 2];
                        s3 = s3 + x * weights[w + 3];
                        s4 = s4 + x * weights[w + 4];
                        s5 = s5 + x * weights[w + 5];
                        s6 = s6 + x * weights[w + 6];
                        s7 = s7 + x * weights[w + 7];
                        w = w + stride;
                    }
                }
            }
            int left = outWidth - tile * 8;
            int to = row * outWidth + tile * 8;
            out[to] = s0;
            if (left > 1) {
                out[to + 1] = s1;
            }
            if (left > 2) {
                out[to + 2] = s2;
            }
            if (left > 3) {
                out[to + 3] = s3;
            }
            if (left > 4) {
                out[to + 4] = s4;
            }
            if (left > 5) {
                out[to + 5] = s5;
            }
            if (left > 6) {
                out[to + 6] = s6;
            }
            if (left > 7) {
                out[to + 7] = s7;
            }
        }
    }
}
