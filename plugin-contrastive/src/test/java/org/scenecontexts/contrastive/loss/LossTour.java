package org.scenecontexts.contrastive.loss;

import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.contrastive.TestEngines;
import org.scenecontexts.contrastive.partition.AngularBins;
import org.scenecontexts.contrastive.partition.HalfSpaces;
import org.scenecontexts.contrastive.partition.Partitioner;

/** Measures forward and backward of the losses: 4,096 points, 32 channels, one thread. Run its main method. */
public final class LossTour {

    private static final int POINTS = 4096;
    private static final int CHANNELS = 32;

    private LossTour() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            measure("half-spaces", Partitioner.best(new HalfSpaces(0.05, 0.5)));
            return;
        }
        measure("everything", Partitioner.everything());
        measure("half-spaces", Partitioner.best(new HalfSpaces(0.05, 0.5)));
        measure("angular 2x2", Partitioner.best(new AngularBins(0.05, 0.5, 2, 2)));
        measure("angular 3x3", new AngularBins(0.05, 0.5, 3, 3));
    }

    private static void measure(String name, Partitioner partitioner) {
        PointInfoNce loss = new PointInfoNce(partitioner, PointInfoNce.Negatives.PAIR, 0.4, POINTS, false);
        try (TensorEngine engine = TestEngines.cpu(1)) {
            double best = Double.POSITIVE_INFINITY;
            double wall = Double.POSITIVE_INFINITY;
            long allocated = 0;
            for (int round = 0; round < 60; round++) {
                MatchedViews views = views(engine);
                long bytes = bytes();
                long started = cpu();
                long from = System.nanoTime();
                LossResult result = loss.apply(views, new SplittableRandom(1));
                result.total().backward();
                best = Math.min(best, (cpu() - started) / 1e6);
                wall = Math.min(wall, (System.nanoTime() - from) / 1e6);
                allocated = bytes() - bytes;
            }
            System.out.printf(
                    "%-12s %6.1f ms of processor time, %6.1f ms on the clock, %.1f MB allocated in the last round%n",
                    name, best, wall, allocated / 1e6);
        }
    }

    private static MatchedViews views(TensorEngine engine) {
        SplittableRandom random = new SplittableRandom(2);
        float[] positions = new float[3 * POINTS];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) random.nextDouble(3);
        }
        int[] all = IntStream.range(0, POINTS).toArray();
        return new MatchedViews(
                features(engine, random), features(engine, random), positions, new int[] {0, POINTS}, all, all);
    }

    private static Tensor features(TensorEngine engine, SplittableRandom random) {
        float[] values = new float[POINTS * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] unit = engine.wrap(values, POINTS, CHANNELS).normalizeRows().toArray();
        return engine.wrap(unit, POINTS, CHANNELS).requireGrad();
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long bytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
