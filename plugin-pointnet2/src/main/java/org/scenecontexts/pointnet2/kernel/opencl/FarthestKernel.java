package org.scenecontexts.pointnet2.kernel.opencl;

import com.aparapi.Kernel;

/**
 * Farthest point sampling with one work group per scene: every item updates its share of the points, then the group finds
 * the farthest in local memory.
 *
 * <p>{@code zero} is added after each product. It changes no value, but a compiler cannot merge the product with the sum
 * that follows into one rounding, which would change picks: drivers do that unless told otherwise, and Aparapi cannot tell.
 */
final class FarthestKernel extends Kernel {

    /** Most items of a group; a power of two. */
    static final int WIDTH = 512;

    int picks;
    float zero;
    int[] offsets = {0};
    float[] xyz = {0};
    /** Who goes first among equals, or -1 for points that are never picked: {@code [points]}. */
    int[] rank = {0};
    /** Squared distance to the nearest pick: {@code [points]}. */
    float[] nearest = {0};

    int[] out = {0};

    @Local
    float[] groupDistance = new float[WIDTH];

    @Local
    int[] groupPoint = new int[WIDTH];

    @Local
    int[] groupRank = new int[WIDTH];

    @Override
    public void run() {
        int scene = getGroupId();
        int item = getLocalId();
        int width = getLocalSize();
        int first = offsets[scene];
        int end = offsets[scene + 1];
        for (int k = first + item; k < end; k += width) {
            nearest[k] = 1e10f;
        }
        int last = first;
        if (item == 0) {
            out[scene * picks] = first;
        }
        for (int pick = 1; pick < picks; pick++) {
            float x = xyz[3 * last];
            float y = xyz[3 * last + 1];
            float z = xyz[3 * last + 2];
            float best = -1f;
            int bestPoint = first;
            int bestRank = 2147483647;
            for (int k = first + item; k < end; k += width) {
                int r = rank[k];
                if (r >= 0) {
                    float dx = xyz[3 * k] - x;
                    float dy = xyz[3 * k + 1] - y;
                    float dz = xyz[3 * k + 2] - z;
                    float xx = dx * dx + zero;
                    float yy = dy * dy + zero;
                    float zz = dz * dz + zero;
                    float d = min(nearest[k], xx + yy + zz);
                    nearest[k] = d;
                    if (d > best || (d == best && r < bestRank)) {
                        best = d;
                        bestPoint = k;
                        bestRank = r;
                    }
                }
            }
            groupDistance[item] = best;
            groupPoint[item] = bestPoint;
            groupRank[item] = bestRank;
            localBarrier();
            for (int step = width / 2; step > 0; step = step / 2) {
                if (item < step) {
                    int other = item + step;
                    float d = groupDistance[other];
                    int r = groupRank[other];
                    if (d > groupDistance[item] || (d == groupDistance[item] && r < groupRank[item])) {
                        groupDistance[item] = d;
                        groupPoint[item] = groupPoint[other];
                        groupRank[item] = r;
                    }
                }
                localBarrier();
            }
            last = groupPoint[0];
            if (item == 0) {
                out[scene * picks + pick] = last;
            }
            localBarrier();
        }
    }
}
