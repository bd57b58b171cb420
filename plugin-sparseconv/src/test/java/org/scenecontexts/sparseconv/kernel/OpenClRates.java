package org.scenecontexts.sparseconv.kernel;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.engine.cpu.WorkerPool;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.opencl.ClDevice;
import org.scenecontexts.opencl.ClDevices;
import org.scenecontexts.opencl.ClLauncher;
import org.scenecontexts.opencl.Link;
import org.scenecontexts.sparseconv.kernel.opencl.OpenClSparseConvKernels;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;

/**
 * Prints what sparse convolutions of a room cost on the OpenCL device and on the processor; run by hand.
 *
 * <p>Arguments: a room file ({@code .npz} with {@code coords}), channel counts (comma-separated), threads, part of a device's
 * name (optional). Milliseconds are the least of as many runs as fit in half a second, transfers included.
 */
final class OpenClRates {

    private OpenClRates() {}

    public static void main(String[] arguments) {
        int[] coordinates;
        try (Npz npz = Npz.open(Path.of(arguments[0]))) {
            coordinates = npz.get("coords").ints();
        }
        ClDevice device = ClDevices.choose(arguments.length > 3 ? arguments[3] : "");
        System.out.println(device.describe());
        ClLauncher launcher = new ClLauncher(device);
        System.out.println(Link.measure(launcher).describe());
        SparseConvKernels opencl = new OpenClSparseConvKernels(launcher);
        KernelMap map = KernelMaps.cube(CoordinateSet.sort(coordinates, 1).set(), 3, KernelLayout.HYPERCUBE);
        try (WorkerPool pool = new WorkerPool(Integer.parseInt(arguments[2]))) {
            SparseConvKernels cpu = SparseConvKernelsChoice.forThisMachine(pool).kernels();
            System.out.println(
                    map + "; ms and GFLOP/s on device | " + cpu.name() + " with " + arguments[2] + " threads");
            Arrays.stream(arguments[1].split(","))
                    .mapToInt(Integer::parseInt)
                    .forEach(c -> compare(map, c, opencl, cpu));
        }
    }

    private static void compare(KernelMap map, int c, SparseConvKernels opencl, SparseConvKernels cpu) {
        Buffer in = numbers(map.inRows() * c);
        Buffer gradOut = numbers(map.outRows() * c);
        Buffer weights = numbers(map.lists() * c * c);
        Buffer rows = HeapBuffer.of(new float[map.outRows() * c]);
        Buffer gradient = HeapBuffer.of(new float[weights.capacity()]);
        double work = SparseConvKernels.flops(map, c, c);
        String[] names = {"forward", "input gradient", "weight gradient"};
        StringBuilder line = new StringBuilder(c + " channels:");
        for (int op = 0; op < 3; op++) {
            double[] times = new double[2];
            for (int side = 0; side < 2; side++) {
                SparseConvKernels kernels = side == 0 ? opencl : cpu;
                Runnable run = switch (op) {
                    case 0 -> () -> kernels.forward(map, in, c, weights, c, rows);
                    case 1 -> () -> kernels.inputGradient(map, gradOut, c, weights, c, rows);
                    default -> () -> kernels.weightGradient(map, in, c, gradOut, c, gradient);
                };
                times[side] = best(run);
            }
            line.append(String.format(
                    Locale.ROOT,
                    " %s %.2f ms (%.0f) | %.2f ms (%.0f)%s",
                    names[op],
                    times[0] * 1e3,
                    work / times[0] / 1e9,
                    times[1] * 1e3,
                    work / times[1] / 1e9,
                    op < 2 ? ";" : ""));
        }
        System.out.println(line);
    }

    private static double best(Runnable work) {
        double best = Double.POSITIVE_INFINITY;
        long begin = System.nanoTime();
        for (int run = 0; run < 3 || System.nanoTime() - begin < 500_000_000L; run++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
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
