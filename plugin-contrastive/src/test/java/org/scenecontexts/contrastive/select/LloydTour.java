package org.scenecontexts.contrastive.select;

import java.util.SplittableRandom;
import org.scenecontexts.api.engine.Parallel;

/** Measures k-means on a scene of the published size: 150,000 points of 102 numbers, 100 centres. Run its main method. */
public final class LloydTour {

    private LloydTour() {}

    /** Time of this thread alone: other work on the machine does not count. */
    private static long cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    public static void main(String[] arguments) {
        int points = arguments.length == 0 ? 150_000 : Integer.parseInt(arguments[0]);
        SplittableRandom random = new SplittableRandom(1);
        float[] vectors = new float[102 * points];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) (i % 102 < 6 ? 100 * random.nextDouble() : random.nextDouble());
        }
        new Lloyd(vectors, 102, Parallel.sequential()).nearestToCentres(100, 1);
        long started = cpu();
        new Lloyd(vectors, 102, Parallel.sequential()).nearestToCentres(100, 10);
        double seconds = (cpu() - started) / 1e9;
        System.out.printf(
                "%d points, 10 iterations: %.2f s of processor time, %.1f G squared differences per second%n",
                points, seconds, 11.0 * points * 100 * 102 / seconds / 1e9);
    }
}
