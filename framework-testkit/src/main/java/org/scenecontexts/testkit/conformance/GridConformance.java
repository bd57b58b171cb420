package org.scenecontexts.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.grid.GridConvolution;
import org.scenecontexts.api.grid.SparseGrid;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.testkit.GradientCheck;
import org.scenecontexts.testkit.Numbers;

/** What {@code GridKernels} must do on every engine: the sums of their definition, gradients, order and parents. */
public abstract class GridConformance {

    /** Sums of at most 125 * 5 products of about 1 in float32: 625 * 2^-24 * 625 is under 1e-2 at worst, 1e-4 in practice. */
    private static final double TOLERANCE = 1e-4;

    private static final int SCENES = 4;

    private TensorEngine engine;

    /** The engine under test. */
    protected abstract TensorEngine engine(int threads);

    @BeforeEach
    void begin() {
        engine = engine(2);
    }

    @AfterEach
    void end() {
        engine.close();
    }

    /** Cells of four scenes, the third empty, the last one cell, some negative, in no order. */
    private static int[] cells(int first, int second) {
        Random random = new Random(3);
        Set<List<Integer>> cells = new LinkedHashSet<>();
        while (cells.size() < first) {
            cells.add(List.of(0, random.nextInt(12) - 5, random.nextInt(9) - 4, random.nextInt(5) - 2));
        }
        while (cells.size() < first + second) {
            cells.add(List.of(1, random.nextInt(30), random.nextInt(30), random.nextInt(2)));
        }
        cells.add(List.of(3, 7, -7, 1));
        List<List<Integer>> mixed = new ArrayList<>(cells);
        Collections.shuffle(mixed, random);
        return mixed.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> cell(int[] coordinates, int row, int stride, int dx, int dy, int dz) {
        int at = 4 * row;
        return List.of(
                coordinates[at],
                coordinates[at + 1] + stride * dx,
                coordinates[at + 2] + stride * dy,
                coordinates[at + 3] + stride * dz);
    }

    private static Map<List<Integer>, Integer> rows(int[] coordinates) {
        Map<List<Integer>, Integer> rows = new HashMap<>();
        for (int i = 0; i < coordinates.length / 4; i++) {
            rows.put(cell(coordinates, i, 0, 0, 0, 0), i);
        }
        return rows;
    }

    private static float[] kernel(GridConvolution convolution) {
        return convolution.namedTensors().get("kernel").toArray();
    }

    /** Adds {@code x[from] . W[offset]} to {@code y[to]}. */
    private static void add(float[] x, int from, int in, float[] w, int offset, int out, double[] y, int to) {
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                y[to * out + o] += (double) x[from * in + i] * w[(offset * in + i) * out + o];
            }
        }
    }

    private void requireClose(Tensor found, double[] expected) {
        float[] values = found.toArray();
        assertThat(values).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) values[i]).as("at %d", i).isCloseTo(expected[i], within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void aSubmanifoldConvolutionIsTheSumOverNeighboursThatExist(int size) {
        try (SparseGrid grid = SparseGrid.of(engine, cells(120, 700), SCENES)) {
            for (SparseGrid level : List.of(grid, grid.coarser())) {
                GridConvolution convolution = GridConvolution.submanifold(engine, new Random(1), size, 3, 5, false);
                float[] x = Numbers.normal(3 * level.rows(), 2);
                int[] coordinates = level.coordinates();
                Map<List<Integer>, Integer> rows = rows(coordinates);
                double[] expected = new double[5 * level.rows()];
                for (int u = 0; u < level.rows(); u++) {
                    for (int k = 0; k < size * size * size; k++) {
                        int half = size / 2;
                        Integer v = rows.get(cell(
                                coordinates,
                                u,
                                level.stride(),
                                k % size - half,
                                k / size % size - half,
                                k / (size * size) - half));
                        if (v != null) {
                            add(x, v, 3, kernel(convolution), k, 5, expected, u);
                        }
                    }
                }
                requireClose(convolution.apply(engine.wrap(x, level.rows(), 3), level), expected);
            }
        }
    }

    @Test
    void aStridedConvolutionGoesToParentsAndATransposedOneBack() {
        try (SparseGrid grid = SparseGrid.of(engine, cells(120, 700), SCENES)) {
            SparseGrid coarse = grid.coarser();
            GridConvolution down = GridConvolution.strided(engine, new Random(1), 3, 5, true);
            GridConvolution up = GridConvolution.transposed(engine, new Random(2), 5, 2, false);
            float[] bias = down.namedTensors().get("bias").toArray();
            float[] x = Numbers.normal(3 * grid.rows(), 3);
            float[] y = Numbers.normal(5 * coarse.rows(), 4);
            double[] expectedDown = new double[5 * coarse.rows()];
            double[] expectedUp = new double[2 * grid.rows()];
            for (int i = 0; i < expectedDown.length; i++) {
                expectedDown[i] = bias[i % 5];
            }
            int[] parents = grid.parents().toArray();
            for (int row = 0; row < grid.rows(); row++) {
                int at = 4 * row + 1;
                int offset = (grid.coordinates()[at] & 1)
                        + 2 * (grid.coordinates()[at + 1] & 1)
                        + 4 * (grid.coordinates()[at + 2] & 1);
                add(x, row, 3, kernel(down), offset, 5, expectedDown, parents[row]);
                add(y, parents[row], 5, kernel(up), offset, 2, expectedUp, row);
            }
            requireClose(down.apply(engine.wrap(x, grid.rows(), 3), grid), expectedDown);
            requireClose(up.apply(engine.wrap(y, coarse.rows(), 5), grid), expectedUp);
        }
    }

    @Test
    void convolutionsHaveGradientsToInputKernelAndBias() {
        try (SparseGrid grid = SparseGrid.of(engine, cells(14, 12), SCENES)) {
            GridConvolution cube = GridConvolution.submanifold(engine, new Random(1), 3, 2, 2, true);
            GridConvolution down = GridConvolution.strided(engine, new Random(2), 2, 3, true);
            GridConvolution up = GridConvolution.transposed(engine, new Random(3), 3, 2, true);
            Tensor x = GradientCheck.leaf(engine, Numbers.normal(2 * grid.rows(), 5), grid.rows(), 2);
            List<Tensor> leaves = new ArrayList<>(List.of(x));
            for (GridConvolution layer : List.of(cube, down, up)) {
                layer.parameters().forEach(parameter -> leaves.add(parameter.tensor()));
            }
            GradientCheck.check(() -> up.apply(down.apply(cube.apply(x, grid), grid), grid), leaves);
        }
    }

    @Test
    void parentsCoverTheirChildrenWhichFollowOneAnother() {
        try (SparseGrid grid = SparseGrid.of(engine, cells(120, 700), SCENES)) {
            SparseGrid level = grid;
            for (int depth = 0; depth < 4; depth++) {
                SparseGrid coarse = level.coarser();
                int[] parents = level.parents().toArray();
                int[] starts = level.children();
                assertThat(starts[coarse.rows()]).isEqualTo(level.rows());
                for (int row = 0; row < level.rows(); row++) {
                    List<Integer> child = cell(level.coordinates(), row, 0, 0, 0, 0);
                    int mask = -coarse.stride();
                    assertThat(cell(coarse.coordinates(), parents[row], 0, 0, 0, 0))
                            .isEqualTo(List.of(
                                    child.get(0), child.get(1) & mask, child.get(2) & mask, child.get(3) & mask));
                    assertThat(row).isBetween(starts[parents[row]], starts[parents[row] + 1] - 1);
                }
                level = coarse;
            }
            assertThat(grid.offsets()).isEqualTo(new int[] {0, 120, 820, 820, 821});
        }
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void orderVisitsEveryCellOfASceneOnceAlongTheCurve(Curve curve) {
        try (SparseGrid grid = SparseGrid.of(engine, cells(120, 700), SCENES)) {
            for (SparseGrid level : List.of(grid, grid.coarser())) {
                int[] order = level.order(curve);
                int[] offsets = level.offsets();
                for (int b = 0; b < SCENES; b++) {
                    long[] codes = codes(level, offsets[b], offsets[b + 1], curve);
                    long last = -1;
                    for (int i = offsets[b]; i < offsets[b + 1]; i++) {
                        assertThat(order[i]).isBetween(offsets[b], offsets[b + 1] - 1);
                        assertThat(codes[order[i] - offsets[b]]).isGreaterThan(last);
                        last = codes[order[i] - offsets[b]];
                    }
                }
            }
        }
    }

    private static long[] codes(SparseGrid level, int from, int to, Curve curve) {
        int[] low = {1 << 20, 1 << 20, 1 << 20};
        int largest = 0;
        int[] coordinates = level.coordinates();
        for (int i = 4 * from; i < 4 * to; i += 4) {
            for (int a = 0; a < 3; a++) {
                low[a] = Math.min(low[a], coordinates[i + 1 + a]);
            }
        }
        for (int i = 4 * from; i < 4 * to; i += 4) {
            for (int a = 0; a < 3; a++) {
                largest = Math.max(largest, (coordinates[i + 1 + a] - low[a]) / level.stride());
            }
        }
        long[] codes = new long[to - from];
        for (int i = from; i < to; i++) {
            codes[i - from] = curve.code(
                    (coordinates[4 * i + 1] - low[0]) / level.stride(),
                    (coordinates[4 * i + 2] - low[1]) / level.stride(),
                    (coordinates[4 * i + 3] - low[2]) / level.stride(),
                    Curve.bitsFor(largest));
        }
        return codes;
    }

    @Test
    void rowsOfABatchComeBackAsTheyWere() {
        int[] given = cells(120, 700);
        try (SparseGrid grid = SparseGrid.of(engine, given, SCENES)) {
            float[] x = new float[given.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = given[i];
            }
            Tensor sorted = grid.fromBatch(engine.wrap(x, given.length / 4, 4));
            float[] values = sorted.toArray();
            for (int i = 0; i < values.length; i++) {
                assertThat((int) values[i]).isEqualTo(grid.coordinates()[i]);
            }
            assertThat(grid.toBatch(sorted).toArray()).isEqualTo(x);
        }
    }

    @Test
    void resultsDoNotDependOnThreads() {
        float[] alone = gradients(1);
        for (int threads : new int[] {2, 5}) {
            assertThat(gradients(threads)).isEqualTo(alone);
        }
    }

    private float[] gradients(int threads) {
        try (TensorEngine other = engine(threads);
                SparseGrid grid = SparseGrid.of(other, cells(400, 800), SCENES)) {
            GridConvolution cube = GridConvolution.submanifold(other, new Random(1), 3, 4, 6, true);
            GridConvolution down = GridConvolution.strided(other, new Random(2), 6, 3, false);
            Tensor x = GradientCheck.leaf(other, Numbers.normal(4 * grid.rows(), 5), grid.rows(), 4);
            Tensor y = down.apply(cube.apply(x, grid), grid);
            y.multiply(y).sum().backward();
            float[] toInput = x.grad().orElseThrow().toArray();
            float[] toKernel =
                    cube.parameters().getFirst().tensor().grad().orElseThrow().toArray();
            float[] all = Arrays.copyOf(toInput, toInput.length + toKernel.length);
            System.arraycopy(toKernel, 0, all, toInput.length, toKernel.length);
            return all;
        }
    }

    @Test
    void twoRowsOfOneCellAreRefusedWithTheirNumbers() {
        assertThatThrownBy(() -> SparseGrid.of(engine, new int[] {0, 1, 2, 3, 0, 4, 5, 6, 0, 1, 2, 3}, 1))
                .hasMessageContaining("rows 0 and 2 are the same voxel");
    }
}
