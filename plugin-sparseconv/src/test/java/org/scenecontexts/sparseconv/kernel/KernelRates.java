package org.scenecontexts.sparseconv.kernel;

import static org.scenecontexts.api.engine.HeapBuffer.of;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.WorkerPool;
import org.scenecontexts.engine.cpu.gemm.TiledGemm;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.kernels.tile.TileProductsChoice;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;

/**
 * Prints how close 3x3x3 and 2x2x2 convolutions come to this machine's own matrix-product peak, and what kernel maps
 * cost.
 *
 * <p>Arguments: a room file ({@code .npz} with {@code coords}), the channel counts (comma-separated) and the number of
 * repetitions. Rates are medians over existing pairs, interleaved with the product of 1024 cubed so that both see the
 * same machine; on one thread they are over the thread's own CPU time, which other processes disturb less.
 */
final class KernelRates {

    private static final int CUBE = 1024;

    /** The compiler needs some tens of builds before it has settled. */
    private static final int MAP_WARM_UP = 30;

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final int repetitions;
    private final TiledGemm gemm =
            new TiledGemm(TileProductsChoice.forThisMachine().products());
    private final Buffer a = random(CUBE * CUBE);
    private final Buffer b = random(CUBE * CUBE);
    private final Buffer c = of(new float[CUBE * CUBE]);

    private KernelRates(int repetitions) {
        this.repetitions = repetitions;
    }

    public static void main(String[] arguments) {
        Path room = Path.of(arguments[0]);
        int[] channels = Arrays.stream(arguments[1].split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        KernelRates rates = new KernelRates(Integer.parseInt(arguments[2]));
        int[] coordinates;
        try (Npz npz = Npz.open(room)) {
            coordinates = npz.get("coords").ints();
        }
        System.out.println(room.getFileName() + ", "
                + SparseConvKernelsChoice.forThisMachine(Parallel.sequential()).reason());
        CoordinateSet set = rates.maps(coordinates);
        KernelMap cube = KernelMaps.cube(set, 3, KernelLayout.HYPERCUBE);
        KernelMap down = KernelMaps.strided(set, set.coarser());
        for (int threads = 1; threads <= 2; threads++) {
            try (WorkerPool pool = new WorkerPool(threads)) {
                for (int ch : channels) {
                    rates.convolution("3x3x3", cube, ch, pool);
                }
                rates.convolution("2x2x2 stride 2", down, channels[0], pool);
                rates.convolution("2x2x2 transposed", down.inverse(), channels[0], pool);
            }
        }
    }

    private CoordinateSet maps(int[] coordinates) {
        double[][] times = new double[4][repetitions];
        CoordinateSet set = null;
        for (int r = -MAP_WARM_UP; r < repetitions; r++) {
            long t0 = cpu();
            set = CoordinateSet.sort(coordinates, 1).set();
            long t1 = cpu();
            KernelMaps.cube(set, 3, KernelLayout.HYPERCUBE);
            long t2 = cpu();
            CoordinateSet coarse = set.coarser();
            long t3 = cpu();
            KernelMaps.strided(set, coarse);
            long t4 = cpu();
            if (r >= 0) {
                long[] t = {t1 - t0, t2 - t1, t3 - t2, t4 - t3};
                for (int i = 0; i < 4; i++) {
                    times[i][r] = (double) t[i] / set.rows();
                }
            }
        }
        System.out.printf(
                "%d voxels; ns per voxel, median (least): sort %s, map 3x3x3 %s, coarser set %s, map 2x2x2 %s%n",
                set.rows(), text(times[0]), text(times[1]), text(times[2]), text(times[3]));
        return set;
    }

    private void convolution(String name, KernelMap map, int ch, Parallel parallel) {
        SparseConvKernels kernels =
                SparseConvKernelsChoice.forThisMachine(parallel).kernels();
        Buffer in = random(map.inRows() * ch);
        Buffer gradOut = random(map.outRows() * ch);
        Buffer weights = random(map.lists() * ch * ch);
        Buffer out = of(new float[map.outRows() * ch]);
        Buffer gradIn = of(new float[map.inRows() * ch]);
        Buffer gradWeights = of(new float[weights.capacity()]);
        double[][] rates = new double[4][repetitions];
        double work = SparseConvKernels.flops(map, ch, ch);
        for (int r = -Math.max(3, repetitions / 2); r < repetitions; r++) {
            double[] rate = {
                work / time(parallel, () -> kernels.forward(map, in, ch, weights, ch, out)),
                work / time(parallel, () -> kernels.inputGradient(map, gradOut, ch, weights, ch, gradIn)),
                work / time(parallel, () -> kernels.weightGradient(map, in, ch, gradOut, ch, gradWeights)),
                2.0
                        * CUBE
                        * CUBE
                        * CUBE
                        / time(parallel, () -> gemm.multiply(parallel, false, false, CUBE, CUBE, CUBE, a, b, c, false))
            };
            for (int i = 0; r >= 0 && i < 4; i++) {
                rates[i][r] = rate[i];
            }
        }
        double peak = median(rates[3]);
        System.out.printf(
                "%d thread(s), %s, %d channels: forward %.1f GFLOP/s (%.0f%%), input gradient %.1f (%.0f%%),"
                        + " weight gradient %.1f (%.0f%%); GEMM %.1f%n",
                parallel.threads(),
                name,
                ch,
                median(rates[0]),
                100 * median(rates[0]) / peak,
                median(rates[1]),
                100 * median(rates[1]) / peak,
                median(rates[2]),
                100 * median(rates[2]) / peak,
                peak);
    }

    private static double time(Parallel parallel, Runnable work) {
        boolean one = parallel.threads() == 1;
        long start = one ? cpu() : System.nanoTime();
        work.run();
        return (one ? cpu() : System.nanoTime()) - start;
    }

    private static long cpu() {
        return CLOCK.getCurrentThreadCpuTime();
    }

    private static String text(double[] times) {
        return String.format(
                "%.1f (%.1f)", median(times), Arrays.stream(times).min().orElseThrow());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Buffer random(int n) {
        Random random = new Random(n);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return of(values);
    }
}
