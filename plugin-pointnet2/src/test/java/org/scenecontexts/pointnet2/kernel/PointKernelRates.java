package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.scenecontexts.api.engine.Parallel;

/**
 * Measures the indexed operators against brute force on one thread; run by hand with {@code --add-modules
 * jdk.incubator.vector}, prints milliseconds. Both take turns, so that a machine that changes its speed changes it for
 * both; medians. Ball queries are measured with the fast way to test points on this machine and with the plain one.
 */
public final class PointKernelRates {

    private static final int TURNS = 15;

    /** Nanoseconds that work is done for before it is timed, so that the compiler has seen it. */
    private static final long WARMING = 1_000_000_000;

    private PointKernelRates() {}

    public static void main(String[] args) {
        int n = 20_000;
        for (String shape : new String[] {"room", "volume"}) {
            PointSets points = PointSets.of(cloud(shape, n));
            HostPoints plain = new HostPoints(new ScalarPointKernels());
            HostPoints fast = new HostPoints(new IndexedPointKernels(Parallel.sequential()));
            int[] picks = new int[2048];
            int[] fastPicks = new int[2048];
            compare(
                    shape + " FPS 20000 -> 2048",
                    () -> plain.farthestPoints(points, 2048, true, picks),
                    () -> fast.farthestPoints(points, 2048, true, fastPicks),
                    () -> Arrays.equals(picks, fastPicks));
            PointSets centres = points.select(picks, 2048);
            for (float radius : new float[] {0.2f, 0.4f, 0.8f}) {
                String what = shape + " ball query 2048 x 64, radius " + radius;
                balls(what, points, centres, radius, plain, fast);
                HostPoints scalar =
                        new HostPoints(new IndexedPointKernels(Parallel.sequential(), new ScalarBallScan()));
                balls(what + ", no vectors", points, centres, radius, plain, scalar);
            }
            int[] near = new int[3 * n];
            int[] fastNear = new int[3 * n];
            compare(
                    shape + " three nearest of 2048 for 20000",
                    () -> plain.threeNearest(centres, points, near, new float[3 * n]),
                    () -> fast.threeNearest(centres, points, fastNear, new float[3 * n]),
                    () -> Arrays.equals(near, fastNear));
        }
    }

    private static void balls(
            String what, PointSets points, PointSets centres, float radius, HostPoints plain, HostPoints fast) {
        int[] ball = new int[2048 * 64];
        int[] fastBall = new int[2048 * 64];
        compare(
                what,
                () -> plain.ballQuery(points, centres, radius, 64, ball),
                () -> fast.ballQuery(points, centres, radius, 64, fastBall),
                () -> Arrays.equals(ball, fastBall));
    }

    private static void compare(String what, Runnable plain, Runnable fast, BooleanSupplier same) {
        warm(plain);
        warm(fast);
        double[] plainTimes = new double[TURNS];
        double[] fastTimes = new double[TURNS];
        double[] ratios = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            plainTimes[i] = time(plain);
            double[] several = {time(fast), time(fast), time(fast)};
            fastTimes[i] = median(several);
            ratios[i] = plainTimes[i] / fastTimes[i];
        }
        System.out.printf(
                "%-52s %8.2f ms  %8.2f ms  %6.1fx  same: %s%n",
                what, median(plainTimes), median(fastTimes), median(ratios), same.getAsBoolean());
    }

    private static void warm(Runnable work) {
        long end = System.nanoTime() + WARMING;
        while (System.nanoTime() < end) {
            work.run();
        }
    }

    private static double time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** A room of 5 x 4 x 2.5 m: floor, walls and boxes; or points anywhere in it. */
    private static float[] cloud(String shape, int n) {
        Random random = new Random(1);
        float[] size = {5, 4, 2.5f};
        float[] xyz = new float[3 * n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                xyz[3 * i + a] = random.nextFloat() * size[a];
            }
            if (shape.equals("room")) {
                int axis = random.nextInt(3);
                xyz[3 * i + axis] = random.nextInt(axis == 2 ? 1 : 2) * size[axis]
                        + random.nextInt(2) * 0.8f
                        + (float) random.nextGaussian() * 0.005f;
            }
        }
        return xyz;
    }
}
