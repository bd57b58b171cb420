package org.scenecontexts.sparseconv.kernel.opencl;

import java.util.List;
import java.util.Random;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.opencl.DeviceWork;
import org.scenecontexts.opencl.Link;
import org.scenecontexts.opencl.MeasuredRule;
import org.scenecontexts.opencl.OffloadingProvider;
import org.scenecontexts.opencl.Rule;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;

/**
 * Which convolutions go to the device.
 *
 * @since 0.1
 */
public record ConvRules(Rule forward, Rule inputGradient, Rule weightGradient) implements OffloadingProvider.Rules {

    /** A room's inner resolution: three voxels in each other's reach, as surfaces have them. */
    private static final int EDGE = 96;

    private static final int CHANNELS = 64;

    private static final String FORWARD = "sparse convolution";
    private static final String INPUT_GRADIENT = "sparse convolution, input gradient";
    private static final String WEIGHT_GRADIENT = "sparse convolution, weight gradient";

    /** Everything goes there. */
    public static ConvRules always() {
        return new ConvRules(Rule.always(FORWARD), Rule.always(INPUT_GRADIENT), Rule.always(WEIGHT_GRADIENT));
    }

    /**
     * Measures both sides on a convolution of 64 channels over a wavy surface of 9,216 voxels; takes some seconds.
     */
    public static ConvRules measure(Link link, SparseConvKernels device, SparseConvKernels cpu) {
        KernelMap map = KernelMaps.cube(surface(), 3, KernelLayout.HYPERCUBE);
        int c = CHANNELS;
        Buffer in = numbers(map.inRows() * c);
        Buffer gradOut = numbers(map.outRows() * c);
        Buffer weights = numbers(map.lists() * c * c);
        Buffer rows = HeapBuffer.of(new float[in.capacity()]);
        Buffer gradient = HeapBuffer.of(new float[weights.capacity()]);
        DeviceWork product = OffloadedSparseConvKernels.productWork(map, c, c);
        DeviceWork weight = OffloadedSparseConvKernels.weightWork(map, c, c);
        return new ConvRules(
                MeasuredRule.measure(
                        FORWARD,
                        link,
                        product,
                        () -> device.forward(map, in, c, weights, c, rows),
                        () -> cpu.forward(map, in, c, weights, c, rows)),
                MeasuredRule.measure(
                        INPUT_GRADIENT,
                        link,
                        product,
                        () -> device.inputGradient(map, gradOut, c, weights, c, rows),
                        () -> cpu.inputGradient(map, gradOut, c, weights, c, rows)),
                MeasuredRule.measure(
                        WEIGHT_GRADIENT,
                        link,
                        weight,
                        () -> device.weightGradient(map, in, c, gradOut, c, gradient),
                        () -> cpu.weightGradient(map, in, c, gradOut, c, gradient)));
    }

    @Override
    public List<String> describe() {
        return List.of(forward.describe(), inputGradient.describe(), weightGradient.describe());
    }

    private static CoordinateSet surface() {
        int[] coordinates = new int[4 * EDGE * EDGE];
        for (int x = 0; x < EDGE; x++) {
            for (int y = 0; y < EDGE; y++) {
                int at = 4 * (x * EDGE + y);
                coordinates[at + 1] = x;
                coordinates[at + 2] = y;
                coordinates[at + 3] = (int) (8 + 4 * Math.sin(x * 0.2) + 4 * Math.cos(y * 0.15));
            }
        }
        return CoordinateSet.sort(coordinates, 1).set();
    }

    private static Buffer numbers(int n) {
        Random random = new Random(n);
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return HeapBuffer.of(numbers);
    }
}
