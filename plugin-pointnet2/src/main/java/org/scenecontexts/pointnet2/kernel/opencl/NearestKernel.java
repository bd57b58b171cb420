package org.scenecontexts.pointnet2.kernel.opencl;

import com.aparapi.Kernel;

/** Three nearest neighbours by brute force, one work item per query; on {@code zero} see {@link FarthestKernel}. */
final class NearestKernel extends Kernel {

    int queries;
    float zero;
    /** Distance of a neighbour that does not exist. */
    float none;

    float[] xyz = {0};
    float[] queryXyz = {0};
    /** First known point, and one past the last, of each query's scene: {@code [queries, 2]}. */
    int[] bounds = {0};

    int[] index = {0};
    float[] squared = {0};

    @Override
    public void run() {
        int q = getGlobalId();
        if (q < queries) {
            float x = queryXyz[3 * q];
            float y = queryXyz[3 * q + 1];
            float z = queryXyz[3 * q + 2];
            int first = bounds[2 * q];
            int end = bounds[2 * q + 1];
            float d0 = none;
            float d1 = none;
            float d2 = none;
            int k0 = first;
            int k1 = first;
            int k2 = first;
            for (int k = first; k < end; k++) {
                float dx = x - xyz[3 * k];
                float dy = y - xyz[3 * k + 1];
                float dz = z - xyz[3 * k + 2];
                float xx = dx * dx + zero;
                float yy = dy * dy + zero;
                float zz = dz * dz + zero;
                float d = xx + yy + zz;
                if (d < d2) {
                    if (d < d1) {
                        d2 = d1;
                        k2 = k1;
                        if (d < d0) {
                            d1 = d0;
                            k1 = k0;
                            d0 = d;
                            k0 = k;
                        } else {
                            d1 = d;
                            k1 = k;
                        }
                    } else {
                        d2 = d;
                        k2 = k;
                    }
                }
            }
            index[3 * q] = k0;
            index[3 * q + 1] = k1;
            index[3 * q + 2] = k2;
            squared[3 * q] = d0;
            squared[3 * q + 1] = d1;
            squared[3 * q + 2] = d2;
        }
    }
}
