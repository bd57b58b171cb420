package org.scenecontexts.sparseconv.kernel.device;

import java.util.Arrays;
import java.util.Random;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;
import org.scenecontexts.sparseconv.map.Voxels;

/** What the suites of convolutions on a device are computed over and with. */
final class ConvCases {

    private ConvCases() {}

    /** The map of a 3 x 3 x 3 kernel over random voxels, of as many rows on both sides. */
    static KernelMap cube(int rows) {
        return KernelMaps.cube(
                CoordinateSet.sort(Voxels.random(rows, 1, rows), 1).set(), 3, KernelLayout.MINKOWSKI_04_HYBRID);
    }

    /** Numbers between -0.5 and 0.5. */
    static float[] numbers(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** Room whose numbers are none, so that one that nobody has written is seen. */
    static Buffer poisoned(TensorEngine engine, int length) {
        float[] nan = new float[length];
        Arrays.fill(nan, Float.NaN);
        return engine.bufferOf(nan);
    }
}
