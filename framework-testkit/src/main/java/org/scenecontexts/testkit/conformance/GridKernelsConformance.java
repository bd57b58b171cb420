package org.scenecontexts.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Repeatability;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.grid.GridKernels;
import org.scenecontexts.api.grid.GridMap;
import org.scenecontexts.api.grid.GridStructure;
import org.scenecontexts.testkit.Numbers;

/**
 * What {@link GridKernels} must do with numbers, for those who write them for a device: the sums of their definition and both
 * gradients for maps and channel counts of every kind, over whatever lay in the room before and into slices. What networks
 * rely on beside that, order, parents and gradients through layers, is {@link GridConformance}.
 *
 * @since 0.2
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GridKernelsConformance {

    /** Of the largest value. Sums of at most 3,375 products in float32: 3375 * 2^-24 is 2e-4 at worst, 1e-5 by chance. */
    private static final double TOLERANCE = 1e-5;

    /** Buffers begin and end this much beside what is used. */
    private static final int BESIDE = 5;

    private final Map<Integer, TensorEngine> engines = new TreeMap<>();

    /** An engine with the kernels under test; closed by this class after all tests, which share one for each count. */
    protected abstract TensorEngine engine(int threads);

    private TensorEngine opened(int threads) {
        return engines.computeIfAbsent(threads, this::engine);
    }

    @AfterAll
    void closeEngines() {
        engines.values().forEach(TensorEngine::close);
    }

    /** Maps that networks use. */
    enum Shape {
        CUBE_1,
        CUBE_3,
        CUBE_5,
        DOWN,
        UP;

        GridMap map(GridStructure grid) {
            return switch (this) {
                case CUBE_1 -> grid.cube(0, 1);
                case CUBE_3 -> grid.cube(0, 3);
                case CUBE_5 -> grid.cube(0, 5);
                case DOWN -> grid.down(0);
                case UP -> grid.up(0);
            };
        }

        int edge() {
            return this == CUBE_1 ? 1 : this == CUBE_3 ? 3 : 5;
        }
    }

    /** One product of an input row with a weight matrix, added to an output row. */
    private record Pair(int out, int in, int offset) {}

    /** A grid, a map of it, its pairs by definition, and numbers. */
    private static final class Case implements AutoCloseable {
        private final GridStructure grid;
        private final GridMap map;
        private final List<Pair> pairs;
        private final int cin;
        private final int cout;
        private final float[] in;
        private final float[] weights;
        private final float[] gradOut;

        Case(TensorEngine engine, Shape shape, int rows, int cin, int cout) {
            grid = engine.kernel(GridKernels.class).structure(cells(rows));
            map = shape.map(grid);
            pairs = shape == Shape.DOWN || shape == Shape.UP ? strided(shape) : cube(shape.edge());
            this.cin = cin;
            this.cout = cout;
            in = Numbers.normal(map.inRows() * cin, 11);
            weights = Numbers.normal(map.offsets() * cin * cout, 12);
            gradOut = Numbers.normal(map.outRows() * cout, 13);
        }

        /** Distinct cells of one scene, of two where there are many; about one in four of their box. */
        private static int[] cells(int rows) {
            Random random = new Random(rows);
            int edge = Math.max(2, (int) Math.ceil(Math.cbrt(4.0 * rows)));
            Set<List<Integer>> cells = new LinkedHashSet<>();
            while (cells.size() < rows) {
                cells.add(List.of(
                        rows > 1000 ? random.nextInt(2) : 0,
                        random.nextInt(edge) - edge / 2,
                        random.nextInt(edge),
                        random.nextInt(edge) - 3));
            }
            return cells.stream()
                    .flatMap(List::stream)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        private List<Pair> cube(int edge) {
            int[] coordinates = grid.coordinates(0);
            Map<List<Integer>, Integer> rows = new HashMap<>();
            for (int row = 0; row < grid.rows(0); row++) {
                rows.put(cell(coordinates, row, 0, 0, 0), row);
            }
            List<Pair> found = new ArrayList<>();
            int half = edge / 2;
            for (int u = 0; u < grid.rows(0); u++) {
                for (int k = 0; k < edge * edge * edge; k++) {
                    Integer v = rows.get(
                            cell(coordinates, u, k % edge - half, k / edge % edge - half, k / (edge * edge) - half));
                    if (v != null) {
                        found.add(new Pair(u, v, k));
                    }
                }
            }
            return found;
        }

        private static List<Integer> cell(int[] coordinates, int row, int dx, int dy, int dz) {
            int at = 4 * row;
            return List.of(
                    coordinates[at], coordinates[at + 1] + dx, coordinates[at + 2] + dy, coordinates[at + 3] + dz);
        }

        private List<Pair> strided(Shape shape) {
            int[] coordinates = grid.coordinates(0);
            int[] parents = grid.parents(0);
            List<Pair> found = new ArrayList<>();
            for (int row = 0; row < parents.length; row++) {
                int at = 4 * row + 1;
                int offset = (coordinates[at] & 1) + 2 * (coordinates[at + 1] & 1) + 4 * (coordinates[at + 2] & 1);
                found.add(
                        shape == Shape.DOWN
                                ? new Pair(parents[row], row, offset)
                                : new Pair(row, parents[row], offset));
            }
            return found;
        }

        double[] out() {
            double[] sum = new double[map.outRows() * cout];
            each((pair, i, o, w) -> sum[pair.out() * cout + o] += (double) in[pair.in() * cin + i] * weights[w]);
            return sum;
        }

        double[] gradIn() {
            double[] sum = new double[in.length];
            each((pair, i, o, w) -> sum[pair.in() * cin + i] += (double) gradOut[pair.out() * cout + o] * weights[w]);
            return sum;
        }

        double[] gradWeights() {
            double[] sum = new double[weights.length];
            each((pair, i, o, w) -> sum[w] += (double) in[pair.in() * cin + i] * gradOut[pair.out() * cout + o]);
            return sum;
        }

        private interface Product {
            void add(Pair pair, int i, int o, int w);
        }

        private void each(Product product) {
            for (Pair pair : pairs) {
                for (int i = 0; i < cin; i++) {
                    for (int o = 0; o < cout; o++) {
                        product.add(pair, i, o, (pair.offset() * cin + i) * cout + o);
                    }
                }
            }
        }

        @Override
        public void close() {
            grid.close();
        }
    }

    /** Numbers on an engine, in the middle of a longer buffer. */
    private static Buffer brought(TensorEngine engine, float[] values) {
        float[] longer = new float[values.length + 2 * BESIDE];
        Arrays.fill(longer, 7);
        System.arraycopy(values, 0, longer, BESIDE, values.length);
        return engine.bufferOf(longer).slice(BESIDE, values.length + BESIDE);
    }

    /** Room for a result, in the middle of a longer buffer, full of what must not survive. */
    private record Room(Buffer all, int length) {

        static Room of(TensorEngine engine, int length) {
            float[] values = new float[length + 2 * BESIDE];
            Arrays.fill(values, Float.NaN);
            return new Room(engine.bufferOf(values), length);
        }

        Buffer room() {
            return all.slice(BESIDE, length);
        }

        /** What was written; nothing may have been written beside it. */
        float[] written() {
            float[] values = all.toArray(length + 2 * BESIDE);
            for (int i = 0; i < BESIDE; i++) {
                assertThat(values[i]).as("before the room").isNaN();
                assertThat(values[BESIDE + length + i]).as("behind the room").isNaN();
            }
            return Arrays.copyOfRange(values, BESIDE, BESIDE + length);
        }
    }

    /** Output, gradient of the input, gradient of the weights. */
    private static float[][] computed(TensorEngine engine, Case c) {
        GridKernels kernels = engine.kernel(GridKernels.class);
        Room out = Room.of(engine, c.map.outRows() * c.cout);
        Room gradIn = Room.of(engine, c.in.length);
        Room gradWeights = Room.of(engine, c.weights.length);
        Buffer in = brought(engine, c.in);
        Buffer weights = brought(engine, c.weights);
        Buffer gradOut = brought(engine, c.gradOut);
        kernels.forward(c.map, in, c.cin, weights, c.cout, out.room());
        kernels.inputGradient(c.map, gradOut, c.cout, weights, c.cin, gradIn.room());
        kernels.weightGradient(c.map, in, c.cin, gradOut, c.cout, gradWeights.room());
        return new float[][] {out.written(), gradIn.written(), gradWeights.written()};
    }

    @ParameterizedTest
    @CsvSource({
        "CUBE_1, 207, 7, 9",
        "CUBE_3, 1, 1, 1",
        "CUBE_3, 13, 13, 7",
        "CUBE_3, 207, 3, 32",
        "CUBE_3, 207, 32, 3",
        "CUBE_3, 702, 16, 24",
        "CUBE_3, 702, 24, 8",
        "CUBE_3, 207, 33, 50",
        "CUBE_3, 13, 207, 13",
        "CUBE_3, 207, 300, 40",
        "CUBE_3, 13, 702, 17",
        "CUBE_3, 4098, 6, 16",
        "CUBE_3, 4098, 32, 32",
        "CUBE_5, 702, 3, 4",
        "DOWN, 1, 5, 5",
        "DOWN, 702, 13, 32",
        "DOWN, 4098, 16, 18",
        "UP, 1, 5, 5",
        "UP, 702, 32, 13",
        "UP, 4098, 12, 16"
    })
    void sumsAndGradientsAreThoseOfTheDefinition(Shape shape, int rows, int cin, int cout) {
        TensorEngine engine = opened(1);
        try (Case c = new Case(engine, shape, rows, cin, cout)) {
            assertThat(c.map.pairs()).isEqualTo(c.pairs.size());
            float[][] found = computed(engine, c);
            Numbers.assertClose(found[0], c.out(), TOLERANCE);
            Numbers.assertClose(found[1], c.gradIn(), TOLERANCE);
            Numbers.assertClose(found[2], c.gradWeights(), TOLERANCE);
            requireFinite(found);
        }
    }

    private static void requireFinite(float[][] found) {
        for (float[] values : found) {
            for (float value : values) {
                assertThat(Float.isFinite(value)).as("%s is finite", value).isTrue();
            }
        }
    }

    /** The last has more than 64 blocks of rows, so that sums over all rows are taken in parts. */
    @ParameterizedTest
    @CsvSource({
        "CUBE_3, 702, 16, 24",
        "CUBE_5, 207, 3, 4",
        "DOWN, 4098, 16, 18",
        "UP, 4098, 12, 16",
        "CUBE_3, 40000, 8, 8"
    })
    void bitsDoNotDependOnThreadsWhereThatIsDeclared(Shape shape, int rows, int cin, int cout) {
        if (opened(1).repeatability() != Repeatability.ANY_THREADS) {
            return;
        }
        float[][] expected = computed(opened(1), shape, rows, cin, cout);
        for (int threads = 2; threads <= 3; threads++) {
            assertThat(computed(opened(threads), shape, rows, cin, cout))
                    .as("%d threads", threads)
                    .isDeepEqualTo(expected);
        }
    }

    private static float[][] computed(TensorEngine engine, Shape shape, int rows, int cin, int cout) {
        try (Case c = new Case(engine, shape, rows, cin, cout)) {
            return computed(engine, c);
        }
    }

    @Test
    void theSameIsComputedTwice() {
        if (opened(1).repeatability() == Repeatability.NUMBERS) {
            return;
        }
        float[][] expected = computed(opened(1), Shape.CUBE_3, 702, 16, 24);
        assertThat(computed(opened(1), Shape.CUBE_3, 702, 16, 24)).isDeepEqualTo(expected);
    }

    @Test
    void nothingComesOutOfNothing() {
        TensorEngine engine = opened(1);
        GridKernels kernels = engine.kernel(GridKernels.class);
        try (GridStructure grid = kernels.structure(new int[0])) {
            GridMap map = grid.cube(0, 3);
            Room gradWeights = Room.of(engine, 27 * 4 * 20);
            kernels.forward(
                    map,
                    Room.of(engine, 0).room(),
                    4,
                    brought(engine, new float[27 * 4 * 20]),
                    20,
                    Room.of(engine, 0).room());
            kernels.weightGradient(
                    map, Room.of(engine, 0).room(), 4, Room.of(engine, 0).room(), 20, gradWeights.room());
            assertThat(gradWeights.written()).containsOnly(0);
        }
    }

    @Test
    void aBufferThatIsTooShortIsNamedWithBothLengths() {
        TensorEngine engine = opened(1);
        try (Case c = new Case(engine, Shape.CUBE_3, 13, 4, 8)) {
            Buffer in = brought(engine, c.in);
            Buffer weights = brought(engine, c.weights);
            Buffer out = Room.of(engine, 100).room();
            GridKernels kernels = engine.kernel(GridKernels.class);
            assertThatThrownBy(() -> kernels.forward(c.map, in, 4, weights, 8, out))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("output")
                    .hasMessageContaining("100")
                    .hasMessageContaining("104");
        }
    }
}
