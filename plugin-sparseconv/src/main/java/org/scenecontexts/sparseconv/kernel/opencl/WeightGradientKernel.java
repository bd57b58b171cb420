package org.scenecontexts.sparseconv.kernel.opencl;

import com.aparapi.Kernel;

/**
 * One work item per tile of four by four weights and share of a list's pairs, sums in registers; the shares are added up
 * by the caller, in order.
 */
final class WeightGradientKernel extends Kernel {

    /** Input and output channels of a work item. */
    static final int TILE = 4;

    int lists;
    int shares;
    int inWidth;
    int outWidth;
    int inTiles;
    int outTiles;
    /** First pair of each list, and the number of pairs. */
    int[] start = {0};

    int[] pairIn = {0};
    int[] pairOut = {0};
    float[] in = {0};
    float[] gradOut = {0};
    /** {@code [shares, lists, inWidth, outWidth]}. */
    float[] partial = {0};

    @Override
    public void run() {
        int id = getGlobalId();
        if (id < shares * lists * inTiles * outTiles) {
            int outTile = id % outTiles;
            int rest = id / outTiles;
            int inTile = rest % inTiles;
            rest = rest / inTiles;
            int list = rest % lists;
            int share = rest / lists;
            int first = start[list];
            int last = start[list + 1];
            int size = (last - first + shares - 1) / shares;
            int from = first + share * size;
            int to = min(last, from + size);
            // Columns beyond the last are computed from the last and not written.
            int i0 = inTile * 4;
            int i1 = min(i0 + 1, inWidth - 1);
            int i2 = min(i0 + 2, inWidth - 1);
            int i3 = min(i0 + 3, inWidth - 1);
            int o0 = outTile * 4;
            int o1 = min(o0 + 1, outWidth - 1);
            int o2 = min(o0 + 2, outWidth - 1);
            int o3 = min(o0 + 3, outWidth - 1);
            float s00 = 0f;
            float s01 = 0f;
            float s02 = 0f;
            float s03 = 0f;
            float s10 = 0f;
            float s11 = 0f;
            float s12 = 0f;
            float s13 = 0f;
            float s20 = 0f;
            float s21 = 0f;
            float s22 = 0f;
            float s23 = 0f;
            float s30 = 0f;
            float s31 = 0f;
            float s32 = 0f;
            float s33 = 0f;
            for (int p = from; p < to; p++) {
                int a = pairIn[p] * inWidth;
                int g = pairOut[p] * outWidth;
                float x0 = in[a + i0];
                float x1 = in[a + i1];
                float x2 = in[a + i2];
                float x3 = in[a + i3];
                float g0 = gradOut[g + o0];
                float g1 = gradOut[g + o1];
                float g2 = gradOut[g + o2];
                float g3 = gradOut[g + o3];
                s00 = s00 + x0 * g0;
                s01 = s01 + x0 * g1;
                s02 = s02 + x0 * g2;
                s03 = s03 + x0 * g3;
                s10 = s10 + x1 * g0;
                s11 = s11 + x1 * g1;
                s12 = s12 + x1 * g2;
                s13 = s13 + x1 * g3;
                s20 = s20 + x2 * g0;
                s21 = s21 + x2 * g1;
                s22 = s22 + x2 * g2;
                s23 = s23 + x2 * g3;
                s30 = s30 + x3 * g0;
                s31 = s31 + x3 * g1;
                s32 = s32 + x3 * g2;
                s33 = s33 + x3 * g3;
            }
            int w = ((share * lists + list) * inWidth + i0) * outWidth + o0;
            int is = inWidth - i0;
            int os = outWidth - o0;
            partial[w] = s00;
            if (os > 1) {
                partial[w + 1] = s01;
            }
            if (os > 2) {
                partial[w + 2] = s02;
            }
            if (os > 3) {
                partial[w + 3] = s03;
            }
            if (is > 1) {
                w = w + outWidth;
                partial[w] = s10;
                if (os > 1) {
                    partial[w + 1] = s11;
                }
                if (os > 2) {
                    partial[w + 2] = s12;
                }
                if (os > 3) {
                    partial[w + 3] = s13;
                }
            }
            if (is > 2) {
                w = w + outWidth;
                partial[w] = s20;
                if (os > 1) {
                    partial[w + 1] = s21;
                }
                if (os > 2) {
                    partial[w + 2] = s22;
                }
                if (os > 3) {
                    partial[w + 3] = s23;
                }
            }
            if (is > 3) {
                w = w + outWidth;
                partial[w] = s30;
                if (os > 1) {
                    partial[w + 1] = s31;
                }
                if (os > 2) {
                    partial[w + 2] = s32;
                }
                if (os > 3) {
                    partial[w + 3] = s33;
                }
            }
        }
    }
}
