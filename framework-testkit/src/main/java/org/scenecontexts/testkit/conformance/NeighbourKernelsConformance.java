package org.scenecontexts.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.NeighbourKernels;
import org.scenecontexts.api.point.PointRows;

/**
 * What {@link NeighbourKernels} must find, for those who write them for a device: the indices of a plain search, to the last
 * tie and rounding, for scenes of every awkward size and shape. What networks rely on beside that, gradients, curves and cells,
 * is {@link NeighbourConformance}.
 *
 * @since 0.2
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NeighbourKernelsConformance {

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

    /** Scenes on which searches go wrong. */
    enum Cloud {
        /** Everywhere in a box. */
        SPREAD,
        /** Many equal distances, and several points at one place. */
        LATTICE,
        /** On a line, most of a box empty. */
        LINE,
        /** All at one place. */
        HEAP,
        /** Two clumps a kilometre apart. */
        APART;

        float[] points(int n, long seed) {
            Random random = new Random(seed);
            float[] xyz = new float[3 * n];
            for (int i = 0; i < n; i++) {
                for (int a = 0; a < 3; a++) {
                    xyz[3 * i + a] = switch (this) {
                        case SPREAD -> 4 * random.nextFloat() - 1;
                        case LATTICE -> 0.25f * random.nextInt(5);
                        case LINE -> a == 1 ? 10 * random.nextFloat() : 0.5f;
                        case HEAP -> 1.25f;
                        case APART -> (i % 2) * 1000 + random.nextFloat();
                    };
                }
            }
            return xyz;
        }
    }

    static Stream<Arguments> scenes() {
        return Stream.of(Cloud.values())
                .flatMap(cloud ->
                        IntStream.of(1, 2, 3, 31, 32, 33, 64, 65, 511, 513).mapToObj(n -> Arguments.of(cloud, n)));
    }

    /** A stack of a scene, an empty one, and a small one; on the engine as a slice. */
    private record Stack(float[] xyz, int[] offsets) {

        static Stack of(Cloud cloud, int n, long seed) {
            int small = Math.min(n, 7);
            float[] xyz = Arrays.copyOf(cloud.points(n, seed), 3 * (n + small));
            System.arraycopy(Cloud.SPREAD.points(small, seed + 1), 0, xyz, 3 * n, 3 * small);
            return new Stack(xyz, new int[] {0, n, n, n + small});
        }

        PointRows on(TensorEngine engine) {
            float[] longer = new float[xyz.length + 11];
            Arrays.fill(longer, 1e9f);
            System.arraycopy(xyz, 0, longer, 4, xyz.length);
            return new PointRows(engine.bufferOf(longer).slice(4, xyz.length + 7), 3, offsets);
        }

        int rows() {
            return offsets[3];
        }
    }

    private static float squared(float[] p, int i, float[] q, int j) {
        float sum = 0;
        for (int a = 0; a < 3; a++) {
            float d = p[3 * i + a] - q[3 * j + a];
            sum += d * d;
        }
        return sum;
    }

    private static Indices room(TensorEngine engine, int length, int range) {
        return engine.buffers().takeIndices(length, range);
    }

    private static int[] read(Indices indices) {
        int[] values = indices.toArray();
        indices.release();
        return values;
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void theNearestAreThoseOfAPlainSearchNearestFirstAndTheLowerRowOfEquals(Cloud cloud, int n) {
        TensorEngine engine = opened(2);
        Stack points = Stack.of(cloud, n, 3);
        Stack queries = Stack.of(cloud, Math.min(n, 40), 5);
        for (int count : new int[] {1, 3, 16}) {
            Indices index = room(engine, queries.rows() * count, points.rows());
            Buffer distances = engine.bufferOf(new float[queries.rows() * count]);
            engine.kernel(NeighbourKernels.class)
                    .nearest(points.on(engine), queries.on(engine), count, index, distances);
            int[] found = read(index);
            float[] far = distances.toArray(found.length);
            for (int b = 0; b < 3; b++) {
                for (int q = queries.offsets()[b]; q < queries.offsets()[b + 1]; q++) {
                    int[] expected = nearest(points, b, queries.xyz(), q, count);
                    assertThat(Arrays.copyOfRange(found, q * count, (q + 1) * count))
                            .as("query %d, %d neighbours", q, count)
                            .isEqualTo(expected);
                    int size = points.offsets()[b + 1] - points.offsets()[b];
                    for (int k = 0; k < count; k++) {
                        assertThat(far[q * count + k])
                                .isEqualTo(
                                        k < size
                                                ? squared(queries.xyz(), q, points.xyz(), expected[k])
                                                : Float.POSITIVE_INFINITY);
                    }
                }
            }
        }
    }

    private static int[] nearest(Stack points, int scene, float[] queries, int query, int count) {
        int from = points.offsets()[scene];
        Integer[] order =
                IntStream.range(from, points.offsets()[scene + 1]).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                (i, j) -> Float.compare(
                        squared(queries, query, points.xyz(), i), squared(queries, query, points.xyz(), j)));
        int[] expected = new int[count];
        for (int k = 0; k < count; k++) {
            expected[k] = order[k < order.length ? k : 0];
        }
        return expected;
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void thoseWithinARadiusAreTheFirstInOrder(Cloud cloud, int n) {
        TensorEngine engine = opened(2);
        Stack points = Stack.of(cloud, n, 3);
        Stack centres = Stack.of(cloud, Math.min(n, 40), 5);
        for (float radius : new float[] {0.25f, 0.5f, 3}) {
            for (int samples : new int[] {1, 8, 64}) {
                Indices index = room(engine, centres.rows() * samples, points.rows());
                engine.kernel(NeighbourKernels.class)
                        .within(points.on(engine), centres.on(engine), radius, samples, index);
                int[] found = read(index);
                for (int b = 0; b < 3; b++) {
                    for (int c = centres.offsets()[b]; c < centres.offsets()[b + 1]; c++) {
                        assertThat(Arrays.copyOfRange(found, c * samples, (c + 1) * samples))
                                .as("centre %d, radius %s", c, radius)
                                .isEqualTo(within(points, b, centres.xyz(), c, radius, samples));
                    }
                }
            }
        }
    }

    private static int[] within(Stack points, int scene, float[] centres, int centre, float radius, int samples) {
        int from = points.offsets()[scene];
        int[] hits = IntStream.range(from, points.offsets()[scene + 1])
                .filter(i -> squared(centres, centre, points.xyz(), i) < radius * radius)
                .limit(samples)
                .toArray();
        int[] expected = new int[samples];
        Arrays.fill(expected, hits.length == 0 ? from : hits[0]);
        System.arraycopy(hits, 0, expected, 0, hits.length);
        return expected;
    }

    /** Distances that a fused multiply-add, or another order of the sum, would round to the other side of the radius. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aPointOnTheRadiusIsRoundedAsInFloat32WithoutFusing(long seed) {
        TensorEngine engine = opened(1);
        float[] xyz = Cloud.SPREAD.points(300, seed);
        PointRows all = new PointRows(engine.bufferOf(xyz.clone()), 3, new int[] {0, 300});
        PointRows first = new PointRows(engine.bufferOf(Arrays.copyOf(xyz, 3)), 3, new int[] {0, 1});
        for (int i = 1; i < 40; i++) {
            float radius = (float) Math.sqrt(squared(xyz, 0, xyz, i));
            Indices index = room(engine, 300, 300);
            engine.kernel(NeighbourKernels.class).within(all, first, radius, 300, index);
            assertThat(read(index))
                    .as("radius %s, the distance of point %d", radius, i)
                    .isEqualTo(within(new Stack(xyz, new int[] {0, 300}), 0, xyz, 0, radius, 300));
        }
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void theFarthestAreThoseOfAPlainSearchTheLowerRowOfEquals(Cloud cloud, int n) {
        TensorEngine engine = opened(2);
        Stack points = Stack.of(cloud, n, 3);
        int[] picks = {0, Math.min(n + 3, 100), Math.min(n + 3, 100), Math.min(n + 3, 100) + 2};
        Indices index = room(engine, picks[3], points.rows());
        engine.kernel(NeighbourKernels.class).farthest(points.on(engine), picks, index);
        int[] found = read(index);
        for (int b = 0; b < 3; b++) {
            assertThat(Arrays.copyOfRange(found, picks[b], picks[b + 1]))
                    .as("scene %d", b)
                    .isEqualTo(farthest(points, b, picks[b + 1] - picks[b]));
        }
    }

    private static int[] farthest(Stack points, int scene, int count) {
        int from = points.offsets()[scene];
        float[] nearest = new float[points.offsets()[scene + 1] - from];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        int[] picks = new int[count];
        for (int j = 0; j < count; j++) {
            int best = 0;
            for (int k = 0; k < nearest.length && j > 0; k++) {
                nearest[k] = Math.min(nearest[k], squared(points.xyz(), from + k, points.xyz(), picks[j - 1]));
                best = nearest[k] > nearest[best] ? k : best;
            }
            picks[j] = from + best;
        }
        return picks;
    }

    @Test
    void whatIsFoundDoesNotDependOnThreads() {
        int[] expected = found(opened(1));
        for (int threads : new int[] {2, 5}) {
            assertThat(found(opened(threads))).as("%d threads", threads).isEqualTo(expected);
        }
    }

    private static int[] found(TensorEngine engine) {
        Stack points = Stack.of(Cloud.SPREAD, 3000, 9);
        NeighbourKernels kernels = engine.kernel(NeighbourKernels.class);
        Indices near = room(engine, points.rows() * 8, points.rows());
        kernels.nearest(points.on(engine), points.on(engine), 8, near, engine.bufferOf(new float[points.rows() * 8]));
        Indices far = room(engine, 500, points.rows());
        kernels.farthest(points.on(engine), new int[] {0, 490, 490, 500}, far);
        return IntStream.concat(Arrays.stream(read(near)), Arrays.stream(read(far)))
                .toArray();
    }

    @Test
    void whatCannotBeFoundIsRefusedWithTheScene() {
        TensorEngine engine = opened(1);
        NeighbourKernels kernels = engine.kernel(NeighbourKernels.class);
        PointRows points = new PointRows(engine.bufferOf(new float[3]), 3, new int[] {0, 1, 1});
        PointRows queries = new PointRows(engine.bufferOf(new float[6]), 3, new int[] {0, 1, 2});
        Indices index = room(engine, 4, 1);
        Buffer distances = engine.bufferOf(new float[4]);
        assertThatThrownBy(() -> kernels.nearest(points, queries, 2, index, distances))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scene 1");
        assertThatThrownBy(() -> kernels.farthest(points, new int[] {0, 1, 3}, index))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scene 1");
    }
}
