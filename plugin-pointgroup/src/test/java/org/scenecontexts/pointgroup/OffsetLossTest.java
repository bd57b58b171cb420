package org.scenecontexts.pointgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class OffsetLossTest {

    private static final CpuEngine ENGINE = new CpuEngine(2, List.of());

    @AfterAll
    static void end() {
        ENGINE.close();
    }

    private static Tensor offsets(float... values) {
        return ENGINE.wrap(values, values.length / 3, 3).requireGrad();
    }

    @Test
    void theRecordedLossesAndGradientsComeOut() {
        try (Npz golden = Npz.open(TestFiles.golden("net_insseg34c_div8_me043.npz"))) {
            OffsetTargets targets = OffsetTargets.of(batch(golden), new boolean[20]);
            Tensor offsets = offsets(golden.get("train_offsets").floats());
            OffsetLoss loss = OffsetLoss.of(offsets, targets);
            double norm = loss.norm().item();
            double direction = loss.direction().item();

            loss.total(1, 1).backward();

            assertThat(norm).isCloseTo(golden.get("offset_norm_loss").scalar(), within(1e-6));
            assertThat(direction).isCloseTo(golden.get("offset_dir_loss").scalar(), within(1e-6));
            float[] expected = golden.get("grad_offsets").floats();
            float[] found = offsets.grad().orElseThrow().toArray();
            double largest = 0;
            for (float value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5 * largest));
            }
        }
    }

    /** The golden batch: two scenes of voxels of 2 cm with labels and objects. */
    private static PointBatch batch(Npz golden) {
        int[] coords = golden.get("coords").ints();
        int[] labels = golden.get("labels").ints();
        int[] instances = golden.get("instance_ids").ints();
        java.util.Map<Integer, List<Integer>> scenes = new java.util.TreeMap<>();
        for (int row = 0; row < labels.length; row++) {
            scenes.computeIfAbsent(coords[4 * row], b -> new java.util.ArrayList<>())
                    .add(row);
        }
        List<SampledPoints> items = scenes.values().stream()
                .map(rows -> item(rows, coords, labels, instances))
                .toList();
        assertThat(items.stream().mapToInt(SampledPoints::size).sum()).isEqualTo(labels.length);
        return PointBatch.of(items, List.of(InputFeature.ONES));
    }

    private static SampledPoints item(List<Integer> rows, int[] coords, int[] labels, int[] instances) {
        int n = rows.size();
        int[] grid = new int[3 * n];
        int[] own = new int[n];
        int[] objects = new int[n];
        int[] same = new int[n];
        float[] positions = new float[3 * n];
        for (int i = 0; i < n; i++) {
            int row = rows.get(i);
            same[i] = i;
            // An object may lie on points whose merged class is unknown; what counts is that it is an object.
            own[i] = labels[row] < 0 || labels[row] > 19 ? 0 : labels[row];
            objects[i] = instances[row];
            for (int axis = 0; axis < 3; axis++) {
                grid[3 * i + axis] = coords[4 * row + 1 + axis];
                positions[3 * i + axis] = 0.02f * grid[3 * i + axis];
            }
        }
        Scene scene = Scene.ofPositions("golden", positions).withLabels(own).withInstances(objects);
        return new SampledPoints(scene, grid, 0.02, same, same);
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        Random random = new Random(5);
        int rows = 7;
        float[] aims = new float[3 * rows];
        float[] start = new float[3 * rows];
        boolean[] objects = new boolean[rows];
        int count = 0;
        for (int i = 0; i < 3 * rows; i++) {
            aims[i] = (float) random.nextGaussian();
            start[i] = (float) random.nextGaussian();
        }
        for (int row = 0; row < rows; row++) {
            objects[row] = row != 3;
            count += objects[row] ? 1 : 0;
        }
        OffsetTargets targets = new OffsetTargets(aims, objects, count);
        Tensor offsets = offsets(start.clone());
        OffsetLoss.of(offsets, targets).total(0.7, 1.3).backward();
        float[] gradient = offsets.grad().orElseThrow().toArray();

        float step = 1e-2f;
        for (int i = 0; i < start.length; i++) {
            double slope = (value(targets, start, i, step) - value(targets, start, i, -step)) / (2 * step);
            // Central differences of curvature below 10: step squared times a third derivative, plus rounding over the
            // step.
            assertThat((double) gradient[i]).as("value %d", i).isCloseTo(slope, within(2e-3));
        }
    }

    private static double value(OffsetTargets targets, float[] at, int index, float step) {
        float[] moved = at.clone();
        moved[index] += step;
        OffsetLoss loss = OffsetLoss.of(offsets(moved), targets);
        return 0.7 * loss.norm().item() + 1.3 * loss.direction().item();
    }

    @Test
    void aBatchWithoutObjectsCostsNothing() {
        OffsetTargets none = new OffsetTargets(new float[6], new boolean[2], 0);
        Tensor offsets = offsets(1, 2, 3, 4, 5, 6);
        Tensor loss = OffsetLoss.of(offsets, none).total(1, 1);
        assertThat(loss.item()).isZero();

        loss.backward();

        assertThat(offsets.grad().orElseThrow().toArray()).containsOnly(0f);
    }

    @Test
    void anOffsetOfNothingHasNoLengthToChange() {
        OffsetTargets one = new OffsetTargets(new float[] {1, 0, 0}, new boolean[] {true}, 1);
        Tensor offsets = offsets(0, 0, 0);
        OffsetLoss.of(offsets, one).total(1, 1).backward();

        assertThat(offsets.grad().orElseThrow().toArray()).doesNotContain(Float.NaN);
    }
}
