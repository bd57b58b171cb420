package org.scenecontexts.pointnet2.kernel.opencl;

import java.util.List;
import java.util.Random;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.opencl.Link;
import org.scenecontexts.opencl.MeasuredRule;
import org.scenecontexts.opencl.OffloadingProvider;
import org.scenecontexts.opencl.Rule;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * Which point operators go to the device.
 *
 * @since 0.1
 */
public record PointRules(
        Rule farthest,
        Rule ball,
        Rule nearest,
        Rule group,
        Rule groupBackward,
        Rule interpolate,
        Rule interpolateBackward)
        implements OffloadingProvider.Rules {

    private static final int POINTS = 8192;
    private static final int CENTRES = 1024;
    private static final int SAMPLES = 32;
    private static final int CHANNELS = 64;

    private static final String FARTHEST = "farthest point sampling";
    private static final String BALL = "ball query";
    private static final String NEAREST = "three nearest";
    private static final String GROUP = "grouping";
    private static final String GROUP_GRADIENT = "grouping, gradient";
    private static final String INTERPOLATE = "interpolation";
    private static final String INTERPOLATE_GRADIENT = "interpolation, gradient";

    /** Everything goes there. */
    public static PointRules always() {
        return new PointRules(
                Rule.always(FARTHEST),
                Rule.always(BALL),
                Rule.always(NEAREST),
                Rule.always(GROUP),
                Rule.always(GROUP_GRADIENT),
                Rule.always(INTERPOLATE),
                Rule.always(INTERPOLATE_GRADIENT));
    }

    /** Measures both sides on 8,192 points of a room, 1,024 centres and 64 channels; takes some seconds. */
    public static PointRules measure(Link link, PointKernels device, PointKernels cpu) {
        return new Sample(link, device, cpu).rules();
    }

    @Override
    public List<String> describe() {
        return List.of(
                farthest.describe(),
                ball.describe(),
                nearest.describe(),
                group.describe(),
                groupBackward.describe(),
                interpolate.describe(),
                interpolateBackward.describe());
    }

    /** What the operators are timed on. */
    private static final class Sample {
        private final Link link;
        private final PointKernels device;
        private final PointKernels cpu;
        private final PointSets points = PointSets.of(room());
        private final Indices picks = room(CENTRES, POINTS);
        private final PointSets centres;
        private final Indices neighbours = room(CENTRES * SAMPLES, POINTS);
        private final Indices nearest = room(3 * POINTS, CENTRES);
        private final Buffer squared = numbers(3 * POINTS);
        private final Buffer weights = numbers(3 * POINTS);
        private final Buffer features = numbers(POINTS * CHANNELS);
        private final Buffer rows = numbers(CENTRES * SAMPLES * (3 + CHANNELS));

        private Sample(Link link, PointKernels device, PointKernels cpu) {
            this.link = link;
            this.device = device;
            this.cpu = cpu;
            cpu.farthestPoints(points, CENTRES, false, picks);
            centres = points.select(picks.toArray(), CENTRES);
            cpu.ballQuery(points, centres, 0.2f, SAMPLES, neighbours);
            cpu.threeNearest(centres, points, nearest, squared);
            cpu.inverseDistanceWeights(POINTS, squared, weights);
        }

        private static Indices room(int length, int range) {
            return HeapIndices.over(new int[length], length, range, () -> {});
        }

        private static Buffer numbers(int length) {
            return HeapBuffer.of(new float[length]);
        }

        private PointRules rules() {
            Indices out = room(neighbours.length(), POINTS);
            int count = neighbours.length();
            return new PointRules(
                    MeasuredRule.measure(
                            FARTHEST,
                            link,
                            PointWork.farthest(points, CENTRES),
                            () -> device.farthestPoints(points, CENTRES, false, out),
                            () -> cpu.farthestPoints(points, CENTRES, false, out)),
                    MeasuredRule.measure(
                            BALL,
                            link,
                            PointWork.search(points, centres, SAMPLES),
                            () -> device.ballQuery(points, centres, 0.2f, SAMPLES, out),
                            () -> cpu.ballQuery(points, centres, 0.2f, SAMPLES, out)),
                    MeasuredRule.measure(
                            NEAREST,
                            link,
                            PointWork.search(centres, points, 6),
                            () -> device.threeNearest(centres, points, nearest, squared),
                            () -> cpu.threeNearest(centres, points, nearest, squared)),
                    MeasuredRule.measure(
                            GROUP,
                            link,
                            PointWork.rows(count, 3 + CHANNELS, POINTS),
                            () -> device.group(points, centres, SAMPLES, neighbours, 1, CHANNELS, features, rows),
                            () -> cpu.group(points, centres, SAMPLES, neighbours, 1, CHANNELS, features, rows)),
                    MeasuredRule.measure(
                            GROUP_GRADIENT,
                            link,
                            PointWork.rows(count, 3 + CHANNELS, POINTS),
                            () -> device.groupBackward(count, POINTS, neighbours, CHANNELS, rows, features),
                            () -> cpu.groupBackward(count, POINTS, neighbours, CHANNELS, rows, features)),
                    MeasuredRule.measure(
                            INTERPOLATE,
                            link,
                            PointWork.rows(POINTS, CHANNELS, CENTRES),
                            () -> device.interpolate(POINTS, CHANNELS, nearest, weights, rows, features),
                            () -> cpu.interpolate(POINTS, CHANNELS, nearest, weights, rows, features)),
                    MeasuredRule.measure(
                            INTERPOLATE_GRADIENT,
                            link,
                            PointWork.rows(POINTS, CHANNELS, CENTRES),
                            () -> device.interpolateBackward(
                                    POINTS, CENTRES, CHANNELS, nearest, weights, features, rows),
                            () -> cpu.interpolateBackward(
                                    POINTS, CENTRES, CHANNELS, nearest, weights, features, rows)));
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
}
