package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.scenecontexts.engine.cpu.WorkerPool;
import org.scenecontexts.opencl.ClDevice;
import org.scenecontexts.opencl.ClDevices;
import org.scenecontexts.opencl.ClLauncher;
import org.scenecontexts.pointnet2.kernel.opencl.OpenClPointKernels;

/**
 * Prints what the point operators cost on the OpenCL device and on the processor, for 20,000 points of a room; run by hand.
 *
 * <p>Arguments: threads, part of a device's name (optional). Milliseconds are the least of as many runs as fit in half a
 * second, transfers included.
 */
final class OpenClPointRates {

    private static final int POINTS = 20_000;
    private static final int CENTRES = 2048;
    private static final int SAMPLES = 64;
    private static final int CHANNELS = 128;

    private final HostPoints opencl;
    private final HostPoints cpu;

    private OpenClPointRates(HostPoints opencl, HostPoints cpu) {
        this.opencl = opencl;
        this.cpu = cpu;
    }

    public static void main(String[] arguments) {
        ClDevice device = ClDevices.choose(arguments.length > 1 ? arguments[1] : "");
        System.out.println(device.describe());
        try (WorkerPool pool = new WorkerPool(Integer.parseInt(arguments[0]))) {
            HostPoints cpu = new HostPoints(new IndexedPointKernels(pool));
            System.out.println("ms on device | " + cpu.kernels().description());
            new OpenClPointRates(new HostPoints(new OpenClPointKernels(new ClLauncher(device))), cpu).run();
        }
    }

    private void run() {
        PointSets points = PointSets.of(room());
        int[][] picks = new int[2][CENTRES];
        compare(
                "FPS 20000 -> 2048",
                () -> opencl.farthestPoints(points, CENTRES, true, picks[0]),
                () -> cpu.farthestPoints(points, CENTRES, true, picks[1]),
                picks);
        PointSets centres = points.select(picks[1], CENTRES);
        int[][] ball = new int[2][CENTRES * SAMPLES];
        compare(
                "ball query 2048 x 64, radius 0.2",
                () -> opencl.ballQuery(points, centres, 0.2f, SAMPLES, ball[0]),
                () -> cpu.ballQuery(points, centres, 0.2f, SAMPLES, ball[1]),
                ball);
        int[][] near = new int[2][3 * POINTS];
        float[][] squared = new float[2][3 * POINTS];
        compare(
                "three nearest of 2048 for 20000",
                () -> opencl.threeNearest(centres, points, near[0], squared[0]),
                () -> cpu.threeNearest(centres, points, near[1], squared[1]),
                near);
        rows(points, centres, ball, near, cpu.inverseDistanceWeights(POINTS, squared[1]));
    }

    private void rows(PointSets points, PointSets centres, int[][] ball, int[][] near, float[] weights) {
        int count = CENTRES * SAMPLES;
        float[] features = new float[POINTS * CHANNELS];
        float[] grouped = new float[count * (3 + CHANNELS)];
        Arrays.fill(features, 1);
        compare(
                "grouping 2048 x 64, 128 channels",
                () -> opencl.group(points, centres, SAMPLES, ball[1], 0.2f, CHANNELS, features, grouped),
                () -> cpu.group(points, centres, SAMPLES, ball[1], 0.2f, CHANNELS, features, grouped),
                ball);
        compare(
                "its gradient",
                () -> opencl.groupBackward(count, POINTS, ball[1], CHANNELS, grouped, features),
                () -> cpu.groupBackward(count, POINTS, ball[1], CHANNELS, grouped, features),
                ball);
        compare(
                "interpolation to 20000, 128 channels",
                () -> opencl.interpolate(POINTS, CHANNELS, near[1], weights, grouped, features),
                () -> cpu.interpolate(POINTS, CHANNELS, near[1], weights, grouped, features),
                near);
        compare(
                "its gradient",
                () -> opencl.interpolateBackward(POINTS, CENTRES, CHANNELS, near[1], weights, features, grouped),
                () -> cpu.interpolateBackward(POINTS, CENTRES, CHANNELS, near[1], weights, features, grouped),
                near);
    }

    private static void compare(String what, Runnable onDevice, Runnable onCpu, int[][] results) {
        double device = best(onDevice);
        double processor = best(onCpu);
        System.out.printf(
                Locale.ROOT,
                "%-38s %9.2f | %9.2f  same indices: %s%n",
                what,
                device * 1e3,
                processor * 1e3,
                Arrays.equals(results[0], results[1]));
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

    /** Points on floor and walls of 5 by 4 by 2.5 metres. */
    private static float[] room() {
        Random random = new Random(1);
        float[] size = {5, 4, 2.5f};
        float[] xyz = new float[3 * POINTS];
        for (int i = 0; i < POINTS; i++) {
            for (int a = 0; a < 3; a++) {
                xyz[3 * i + a] = random.nextFloat() * size[a];
            }
            xyz[3 * i + random.nextInt(3)] = (float) random.nextGaussian() * 0.005f;
        }
        return xyz;
    }
}
