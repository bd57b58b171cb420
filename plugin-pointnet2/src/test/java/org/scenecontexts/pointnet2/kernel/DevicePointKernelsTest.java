package org.scenecontexts.pointnet2.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.pointnet2.DeviceEngines;
import org.scenecontexts.resident.ResidentEngine;

/** Every call where values stay on a device; skipped, with the reason, where there is none. */
class DevicePointKernelsTest extends PointKernelsTest {

    private static ResidentEngine engine;

    @BeforeAll
    static void open() {
        engine = DeviceEngines.open();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            assertThat(engine.crossings().calls())
                    .as("calls of borrowed kernels")
                    .isZero();
            engine.close();
        }
    }

    @Override
    PointKernels kernels() {
        return new Brought(engine.kernel(PointKernels.class));
    }

    /** 3,000 rows that are chosen 20,000 times, one of them by every second place: the bits of the plain loop in the order of the index. */
    @Test
    void addsUpWhatManyPlacesChooseInTheirOrder() {
        Random random = new Random(5);
        int count = 20_000;
        int rows = 3_000;
        int[] index = random.ints(count, 0, rows).toArray();
        for (int i = 0; i < count; i += 2) {
            index[i] = 17;
        }
        float[] gradOut = new float[count * 5];
        for (int i = 0; i < gradOut.length; i++) {
            gradOut[i] = random.nextFloat() - 0.5f;
        }
        float[] expected = new float[rows * 2];
        new HostPoints(new ScalarPointKernels()).groupBackward(count, rows, index, 2, gradOut, expected);
        float[] found = new float[rows * 2];
        new HostPoints(kernels()).groupBackward(count, rows, index, 2, gradOut, found);
        assertThat(found).containsExactly(expected);
    }

    /** Brings arrays over and what was written back; what is written begins as not-a-number and as a slice. */
    private record Brought(PointKernels there) implements PointKernels {

        private static Buffer over(Buffer host) {
            return engine.bufferOf(host.toArray(host.capacity()));
        }

        private static PointSets over(PointSets points) {
            return new PointSets(over(points.xyz()), points.offsets());
        }

        private static Indices over(Indices host) {
            int[] values = host.toArray();
            Indices device = engine.buffers().takeIndices(values.length, Integer.MAX_VALUE);
            device.copyIn(0, values, 0, values.length);
            return device;
        }

        private static Buffer room(Buffer host) {
            float[] nan = new float[host.capacity() + 5];
            Arrays.fill(nan, Float.NaN);
            return engine.bufferOf(nan).slice(5, host.capacity());
        }

        private static void back(Buffer slice, Buffer host) {
            host.copyIn(0, slice.toArray(host.capacity()), 0, host.capacity());
        }

        private static void back(Indices device, Indices host) {
            host.copyIn(0, device.toArray(), 0, host.length());
        }

        private static Indices room(Indices host) {
            return engine.buffers().takeIndices(host.length(), Integer.MAX_VALUE);
        }

        @Override
        public String description() {
            return there.description();
        }

        @Override
        public void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, Indices out) {
            Indices written = room(out);
            there.farthestPoints(over(points), picks, skipNearOrigin, written);
            back(written, out);
        }

        @Override
        public void ballQuery(PointSets points, PointSets centres, float radius, int samples, Indices out) {
            Indices written = room(out);
            there.ballQuery(over(points), over(centres), radius, samples, written);
            back(written, out);
        }

        @Override
        public void threeNearest(PointSets known, PointSets queries, Indices index, Buffer squared) {
            Indices written = room(index);
            Buffer distances = room(squared);
            there.threeNearest(over(known), over(queries), written, distances);
            back(written, index);
            back(distances, squared);
        }

        @Override
        public void group(
                PointSets points,
                PointSets centres,
                int samples,
                Indices index,
                float scale,
                int channels,
                Buffer features,
                Buffer out) {
            Buffer written = room(out);
            there.group(over(points), over(centres), samples, over(index), scale, channels, over(features), written);
            back(written, out);
        }

        @Override
        public void groupBackward(
                int count, int rows, Indices index, int channels, Buffer gradOut, Buffer gradFeatures) {
            Buffer written = room(gradFeatures);
            there.groupBackward(count, rows, over(index), channels, over(gradOut), written);
            back(written, gradFeatures);
        }

        @Override
        public void interpolate(int count, int channels, Indices index, Buffer weights, Buffer features, Buffer out) {
            Buffer written = room(out);
            there.interpolate(count, channels, over(index), over(weights), over(features), written);
            back(written, out);
        }

        @Override
        public void interpolateBackward(
                int count, int rows, int channels, Indices index, Buffer weights, Buffer gradOut, Buffer gradFeatures) {
            Buffer written = room(gradFeatures);
            there.interpolateBackward(count, rows, channels, over(index), over(weights), over(gradOut), written);
            back(written, gradFeatures);
        }

        @Override
        public void inverseDistanceWeights(int count, Buffer squared, Buffer weights) {
            Buffer written = room(weights);
            there.inverseDistanceWeights(count, over(squared), written);
            back(written, weights);
        }
    }
}
