package org.scenecontexts.pointnet2.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;

/** How long the seeds of a batch take, with and without this plugin's kernels; run by hand: SCENES ROWS SEEDS. */
final class SeedRates {

    private SeedRates() {}

    public static void main(String[] arguments) {
        int scenes = Integer.parseInt(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        int seeds = Integer.parseInt(arguments[2]);
        Random random = new Random(1);
        List<SampledPoints> items = new ArrayList<>();
        for (int b = 0; b < scenes; b++) {
            float[] xyz = new float[3 * rows];
            for (int i = 0; i < rows; i++) {
                // Walls and a floor of a room.
                xyz[3 * i + i % 3] = 0.02f * random.nextFloat();
                xyz[3 * i + (i + 1) % 3] = 5 * random.nextFloat();
                xyz[3 * i + (i + 2) % 3] = 5 * random.nextFloat();
            }
            items.add(Samplers.all().sample(Scene.ofPositions("s", xyz), new SplittableRandom(1)));
        }
        try (TensorEngine kernels = new CpuEngine(1, List.of(new CpuPointKernels(), new CpuNeighbourKernels()));
                TensorEngine plain = new CpuEngine(1, List.of())) {
            System.out.printf(
                    "plugin's kernels %.1f ms, plain %.1f ms%n",
                    time(kernels, items, seeds), time(plain, items, seeds));
        }
    }

    private static double time(TensorEngine engine, List<SampledPoints> items, int seeds) {
        double[] millis = new double[15];
        for (int i = 0; i < millis.length; i++) {
            try (PointBatch batch = PointBatch.of(items, List.of(InputFeature.ONES))) {
                long begin = System.nanoTime();
                FeatureSet.farthest(Backbone.positions(engine, batch), batch, seeds)
                        .rows();
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }
}
