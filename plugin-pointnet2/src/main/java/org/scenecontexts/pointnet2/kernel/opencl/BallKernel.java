package org.scenecontexts.pointnet2.kernel.opencl;

import com.aparapi.Kernel;

/** Ball query by brute force, one work item per centre; on {@code zero} see {@link FarthestKernel}. */
final class BallKernel extends Kernel {

    int centres;
    int samples;
    float limit;
    float zero;
    float[] xyz = {0};
    float[] centreXyz = {0};
    /** First point, and one past the last, of each centre's scene: {@code [centres, 2]}. */
    int[] bounds = {0};

    int[] out = {0};

    @Override
    public void run() {
        int c = getGlobalId();
        if (c < centres) {
            float x = centreXyz[3 * c];
            float y = centreXyz[3 * c + 1];
            float z = centreXyz[3 * c + 2];
            int k = bounds[2 * c];
            int end = bounds[2 * c + 1];
            int place = c * samples;
            int full = place + samples;
            int fill = k;
            while (k < end && place < full) {
                float dx = x - xyz[3 * k];
                float dy = y - xyz[3 * k + 1];
                float dz = z - xyz[3 * k + 2];
                float xx = dx * dx + zero;
                float yy = dy * dy + zero;
                float zz = dz * dz + zero;
                if (xx + yy + zz < limit) {
                    if (place == c * samples) {
                        fill = k;
                    }
                    out[place] = k;
                    place = place + 1;
                }
                k = k + 1;
            }
            while (place < full) {
                out[place] = fill;
                place = place + 1;
            }
        }
    }
}
