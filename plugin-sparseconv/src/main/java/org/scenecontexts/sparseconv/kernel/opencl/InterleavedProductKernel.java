package org.scenecontexts.sparseconv.kernel.opencl;

import com.aparapi.Kernel;

/**
 * {@link RowProductKernel} for accelerators: the eight output channels of a work item lie as far apart as there are work
 * items for a row, so that neighbouring items read neighbouring weights. Two classes, because Aparapi's kernels cannot share
 * code and a processor's compiler wants the channels of an item side by side.
 */
final class InterleavedProductKernel extends Kernel {

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
                    int w = list * inWidth * stride + tile;
                    for (int i = 0; i < inWidth; i++) {
                        float x = in[a + i];
                        s0 = s0 + x * weights[w];
                        s1 = s1 + x * weights[w + tiles];
                        s2 = s2 + x * weights[w + 2 * tiles];
                        s3 = s3 + x * weights[w + 3 * tiles];
                        s4 = s4 + x * weights[w + 4 * tiles];
                        s5 = s5 + x * weights[w + 5 * tiles];
                        s6 = s6 + x * weights[w + 6 * tiles];
                        s7 = s7 + x * weights[w + 7 * tiles];
                        w = w + stride;
                    }
                }
            }
            int to = row * outWidth;
            int o = tile;
            if (o < outWidth) {
                out[to + o] = s0;
            }
            o = o + tiles;
            if (o < outWidth) {
                out[to + o] = s1;
            }
            o = o + tiles;
            if (o < outWidth) {
                out[to + o] = s2;
            }
            o = o + tiles;
            if (o < outWidth) {
                out[to + o] = s3;
            }
            o = o + tiles;
            if (o < outWidth) {
                out[to + o] = s4;
            }
            o = o + tiles;
            if (o < outWidth) {
                out[to + o] = s5;
            }
            o = o + tiles;
            if (o < outWidth) {
                out[to + o] = s6;
            }
            o = o + tiles;
            if (o < outWidth) {
                out[to + o] = s7;
            }
        }
    }
}
