package org.scenecontexts.pointnet2.bench;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.api.workload.WorkloadContext;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * The first level of the published network (20,000 points of a room, 2,048 centres, 64 neighbours within 0.2 m), and the network
 * as a whole.
 */
final class PointWorkloads {

    static final int POINTS = 20_000;
    static final int CENTRES = 2_048;
    static final int SAMPLES = 64;
    static final int CHANNELS = 128;

    private static final float RADIUS = 0.2f;

    private PointWorkloads() {}

    static List<Workload> all() {
        return List.of(
                Workload.of("points/ball-query/20k", Tier.STANDARD, context -> new Level(context).ballQuery()),
                Workload.of("points/group/20k", Tier.STANDARD, context -> new Level(context).group()),
                Workload.of("points/three-nearest/20k", Tier.STANDARD, context -> new Level(context).threeNearest()),
                Workload.of("points/interpolate/20k", Tier.STANDARD, context -> new Level(context).interpolate()),
                Workload.of("points/farthest/20k", Tier.STANDARD, context -> new Level(context).farthest()),
                network(2, 2_000),
                network(8, POINTS));
    }

    private static Workload network(int scenes, int points) {
        return Workload.of(
                        "pointnet2/step/" + scenes + "x" + points / 1000 + "k",
                        Tier.FULL,
                        context -> new PointNetworkStep(context, scenes, points))
                .asWholeNetwork();
    }

    /** The points, the centres and who is near whom. */
    private static final class Level {
        private final PointKernels kernels;
        private final PointSets points;
        private final PointSets centres;
        private final Indices picks;
        private final Indices near;
        private final Indices three;
        private final Buffer squared;
        private final TensorEngine engine;

        Level(WorkloadContext context) {
            engine = context.engine();
            kernels = engine.kernel(PointKernels.class);
            picks = engine.buffers().takeIndices(CENTRES, POINTS);
            near = engine.buffers().takeIndices(CENTRES * SAMPLES, POINTS);
            three = engine.buffers().takeIndices(3 * POINTS, CENTRES);
            squared = engine.bufferOf(new float[3 * POINTS]);
            Buffer xyz = engine.bufferOf(points(context.room(RoomSize.K20)));
            points = new PointSets(xyz, new int[] {0, POINTS});
            kernels.farthestPoints(points, CENTRES, true, picks);
            centres = points.select(engine, picks, CENTRES);
            kernels.ballQuery(points, centres, RADIUS, SAMPLES, near);
            kernels.threeNearest(centres, points, three, squared);
        }

        PreparedWorkload farthest() {
            return of(3L * POINTS + CENTRES, () -> kernels.farthestPoints(points, CENTRES, true, picks));
        }

        PreparedWorkload ballQuery() {
            long numbers = 3L * POINTS + 3L * CENTRES + near.length();
            return of(numbers, () -> kernels.ballQuery(points, centres, RADIUS, SAMPLES, near));
        }

        PreparedWorkload threeNearest() {
            long numbers = 3L * POINTS + 3L * CENTRES + three.length() + squared.capacity();
            return of(numbers, () -> kernels.threeNearest(centres, points, three, squared));
        }

        PreparedWorkload group() {
            Buffer features = engine.bufferOf(random(POINTS * CHANNELS));
            Buffer out = engine.bufferOf(new float[CENTRES * SAMPLES * (3 + CHANNELS)]);
            long numbers = 3L * POINTS + 3L * CENTRES + near.length() + features.capacity() + out.capacity();
            return of(numbers, () -> kernels.group(points, centres, SAMPLES, near, RADIUS, CHANNELS, features, out));
        }

        PreparedWorkload interpolate() {
            Buffer features = engine.bufferOf(random(CENTRES * CHANNELS));
            Buffer out = engine.bufferOf(new float[POINTS * CHANNELS]);
            Buffer weights = engine.bufferOf(new float[3 * POINTS]);
            kernels.inverseDistanceWeights(POINTS, squared, weights);
            long numbers = (long) three.length() + weights.capacity() + features.capacity() + out.capacity();
            return of(numbers, () -> kernels.interpolate(POINTS, CHANNELS, three, weights, features, out));
        }

        /** Arithmetic is not the point of these operators; every number moved has four bytes. */
        private static PreparedWorkload of(long numbers, Runnable run) {
            return PreparedWorkload.of(new Work(0, Float.BYTES * numbers, POINTS), run);
        }
    }

    /** Some of the points of a room, drawn without repetition. */
    private static float[] points(Scene room) {
        int[] order = new int[room.size()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return room.select(java.util.Arrays.copyOf(order, POINTS)).positions();
    }

    private static float[] random(int n) {
        Random random = new Random(n);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
