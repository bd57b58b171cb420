package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;
import java.util.Random;
import org.scenecontexts.api.engine.Parallel;

/** Measures the indexed operators against brute force on one thread; run by hand, prints milliseconds (best of several). */
public final class PointKernelRates {

    private PointKernelRates() {}

    public static void main(String[] args) {
        int n = 20_000;
        for (String shape : new String[] {"room", "volume"}) {
            PointSets points = PointSets.of(cloud(shape, n));
            PointKernels plain = new ScalarPointKernels();
            PointKernels fast = new IndexedPointKernels(Parallel.sequential());
            int[] picks = new int[2048];
            int[] fastPicks = new int[2048];
            double a = time(7, () -> plain.farthestPoints(points, 2048, true, picks));
            double b = time(15, () -> fast.farthestPoints(points, 2048, true, fastPicks));
            report(shape + " FPS 20000 -> 2048", a, b, Arrays.equals(picks, fastPicks));
            PointSets centres = points.select(picks, 2048);
            int[] ball = new int[2048 * 64];
            int[] fastBall = new int[2048 * 64];
            for (float radius : new float[] {0.2f, 0.4f}) {
                a = time(7, () -> plain.ballQuery(points, centres, radius, 64, ball));
                b = time(15, () -> fast.ballQuery(points, centres, radius, 64, fastBall));
                report(shape + " ball query 2048 x 64, radius " + radius, a, b, Arrays.equals(ball, fastBall));
            }
            int[] near = new int[3 * n];
            int[] fastNear = new int[3 * n];
            a = time(5, () -> plain.threeNearest(centres, points, near, new float[3 * n]));
            b = time(15, () -> fast.threeNearest(centres, points, fastNear, new float[3 * n]));
            report(shape + " three nearest of 2048 for 20000", a, b, Arrays.equals(near, fastNear));
        }
    }

    private static void report(String what, double plain, double fast, boolean same) {
        System.out.printf("%-45s %8.2f ms  %8.2f ms  %6.1fx  same: %s%n", what, plain, fast, plain / fast, same);
    }

    private static double time(int runs, Runnable work) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        return best;
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
