package org.scenecontexts.votenet.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.PublishedSizes;

/**
 * What every implementation of the loss of boxes is held to: the processor's numbers.
 *
 * <p>How near: all is computed in doubles of the same floats and rounded once. Exponentials and logarithms of doubles are off by
 * three units in the last place at most (OpenCL 1.2, 7.4), and some thousand doubles are added in another order, which is less than
 * 2^-40 of the largest that are added; so a float is the processor's or the next one to it. What is nearest, the gradients of
 * votes, and the pull at centres need neither and are the same bits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BoxLossKernelsTest {

    private static final double DOUBLES = 0x1p-40;

    private TensorEngine device;
    private TensorEngine cpu;

    /** An engine with the kernels that are tested; aborts where there can be none. */
    abstract TensorEngine engine();

    /** How often each kernel may make the host wait for numbers. */
    abstract int reads();

    @BeforeAll
    void open() {
        device = engine();
        cpu = new CpuEngine(1, List.of(new CpuBoxLossProvider()));
    }

    @AfterAll
    void close() {
        if (device != null) {
            device.close();
            cpu.close();
        }
    }

    static Stream<BoxLossCase> scenes() {
        return Stream.of(
                // One of everything; scenes without boxes; rows at the origin; several votes; more boxes and proposals
                // than a group.
                random(new int[] {1}, 0, 1, 1, 1, 1, 1),
                random(new int[] {0, 0}, 0, 3, 1, 5, 1, 2),
                random(new int[] {0, 4, 2}, 0, 40, 1, 33, 1, 5),
                random(new int[] {0, 4, 20}, 64, 100, 1, 64, 12, 10),
                random(new int[] {7, 9}, 8, 65, 3, 70, 12, 10),
                random(new int[] {130, 1}, 0, 300, 2, 257, 1, 18),
                random(new int[] {5, 6}, 0, 0, 1, 40, 4, 3));
    }

    private static BoxLossCase random(
            int[] boxes, int rows, int seeds, int factor, int proposals, int headings, int classes) {
        return BoxLossCase.random(
                new BoxLossCase.Shape(boxes, rows, seeds, factor, proposals, headings, classes), boxes.length + seeds);
    }

    private static BoxLossCase some() {
        return random(new int[] {7, 9}, 8, 65, 3, 70, 12, 10);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void lossAndFiguresAreThoseOfTheProcessor(BoxLossCase scenes) {
        agree(scenes.on(device).losses(), scenes.on(cpu).losses());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void everyProposalIsComparedWithTheSameBox(BoxLossCase scenes) {
        assertThat(scenes.on(device).assignment())
                .containsExactly(scenes.on(cpu).assignment());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void gradientsAreThoseOfTheProcessor(BoxLossCase scenes) {
        BoxLossCase.Found found = scenes.on(device);
        BoxLossCase.Found expected = scenes.on(cpu);
        assertSame(found.gradVotes(), expected.gradVotes());
        assertSame(found.gradPlaces(), expected.gradPlaces());
        agree(found.gradHead(), expected.gradHead());
    }

    @ParameterizedTest
    @ValueSource(strings = {"votenet_loss.npz", "more/sunrgbd_loss.npz"})
    void onPublishedScenesTheProcessorsNumbersComeOut(String file) {
        try (Npz golden = Npz.open(TestFiles.golden(file))) {
            boolean turned = file.contains("sunrgbd");
            PublishedSizes sizes = turned ? PublishedSizes.SUNRGBD : PublishedSizes.SCANNET;
            BoxLossCase scenes = new RecordedLoss(
                            golden, new BoxCoding(turned ? 12 : 1, sizes.sizes()), turned ? "decoded" : "in")
                    .forKernels();
            BoxLossCase.Found found = scenes.on(device);
            BoxLossCase.Found expected = scenes.on(cpu);
            agree(found.losses(), expected.losses());
            assertThat(found.assignment()).containsExactly(expected.assignment());
            assertSame(found.gradVotes(), expected.gradVotes());
            agree(found.gradHead(), expected.gradHead());
        }
    }

    /** Equal as numbers: zeros have no sign here. */
    private static void assertSame(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i] == expected[i])
                    .as("number %d: %s, expected %s", i, found[i], expected[i])
                    .isTrue();
        }
    }

    private static void agree(float[] found, float[] expected) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i])
                    .as("number %d", i)
                    .isCloseTo(expected[i], within(Math.ulp(expected[i]) + DOUBLES * largest));
        }
    }

    /** Nothing but sums and products: the same bits. */
    @ParameterizedTest
    @MethodSource("votedFor")
    void seedsVoteForTheSameObjects(VotedObjects objects) {
        assertThat(ways(device, objects)).containsExactly(ways(cpu, objects));
    }

    static Stream<VotedObjects> votedFor() {
        VotedObjects nothing = VotedObjects.of(Map.of(), List.of());
        // Ids of which two have the same lower half, one is negative, and one is more than a float holds.
        VotedObjects instances = VotedObjects.of(
                Map.of(
                        3,
                        new double[] {0.1, 0.2, 0.3},
                        3 + (1 << 16),
                        new double[] {1, 2, 3},
                        -7,
                        new double[] {-0.7, 1e-9, 5},
                        (1 << 24) + 1,
                        new double[] {7, 7, 7}),
                List.of());
        VotedObjects boxes = VotedObjects.of(Map.of(), boxes(40));
        VotedObjects both = VotedObjects.of(Map.of(3, new double[] {0.1, 0.2, 0.3}), boxes(7));
        return Stream.of(
                nothing,
                VotedObjects.of(List.of(nothing, nothing)),
                instances,
                boxes,
                VotedObjects.of(List.of(both, nothing, boxes, instances)));
    }

    /** Turned ones around the origin, so that places lie in none, one or many of them. */
    private static List<Box> boxes(int count) {
        SplittableRandom random = new SplittableRandom(count);
        return IntStream.range(0, count)
                .mapToObj(i -> new Box(
                        random.nextInt(-8, 9) / 8.0,
                        random.nextInt(-8, 9) / 8.0,
                        random.nextDouble(-1, 1),
                        random.nextInt(1, 9) / 4.0,
                        random.nextInt(1, 9) / 4.0,
                        2,
                        i % 3 == 0 ? 0 : random.nextDouble(-3, 3),
                        0,
                        -1))
                .toList();
    }

    private static float[] ways(TensorEngine engine, VotedObjects objects) {
        int seeds = 70 * objects.scenes();
        SplittableRandom random = new SplittableRandom(5);
        int[] known = {-1, 3, 3 + (1 << 16), -7, (1 << 24) + 1, (1 << 24) + 2, 4};
        float[] ids = new float[BoxLossKernels.ID * seeds];
        float[] places = new float[3 * seeds];
        for (int i = 0; i < seeds; i++) {
            int id = known[random.nextInt(known.length)];
            ids[BoxLossKernels.ID * i] = VotedObjects.low(id);
            ids[BoxLossKernels.ID * i + 1] = VotedObjects.high(id);
            for (int axis = 0; axis < 3; axis++) {
                places[3 * i + axis] = random.nextInt(-12, 13) / 8f;
            }
        }
        Buffer ways = BoxLossCase.poisoned(engine, BoxLossKernels.WAYS * seeds);
        engine.kernel(BoxLossKernels.class)
                .ways(new BoxLossKernels.Ways(
                        objects,
                        seeds,
                        objects.ids().length == 0 ? Buffer.NONE : engine.bufferOf(ids),
                        engine.bufferOf(places),
                        ways));
        return ways.toArray(BoxLossKernels.WAYS * seeds);
    }

    @Test
    void theSameIsComputedTwiceToTheLastBit() {
        assertThat(some().on(device)).usingRecursiveComparison().isEqualTo(some().on(device));
    }

    @Test
    void nothingComesToTheHostButWhatIsAskedFor() {
        some().on(device);
        long before = device.hostReads();
        some().on(device);
        assertThat(device.hostReads() - before)
                .as("reads of loss, three gradients and assignment")
                .isEqualTo(device.onHeap() ? 0 : 5 + reads());
        long between = device.hostReads();
        ways(device, VotedObjects.of(Map.of(3, new double[3]), boxes(3)));
        assertThat(device.hostReads() - between).as("reads of ways").isEqualTo(device.onHeap() ? 0 : 1 + reads());
    }

    static Stream<Float> noNumbers() {
        return Stream.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @MethodSource("noNumbers")
    void whatIsNoNumberMakesLossAndAllGradientsNone(float none) {
        for (BoxLossCase scenes : List.of(some(), random(new int[] {5, 6}, 0, 0, 1, 40, 4, 3))) {
            for (int broken : IntStream.range(0, 3).toArray()) {
                List<float[]> given = new ArrayList<>();
                for (float[] values : List.of(scenes.votes(), scenes.places(), scenes.head())) {
                    given.add(values.clone());
                }
                float[] values = given.get(broken);
                values[values.length - 1] = none;
                BoxLossCase.Found found =
                        scenes.with(given.get(0), given.get(1), given.get(2)).on(device);
                for (float[] each : List.of(found.losses(), found.gradVotes(), found.gradPlaces(), found.gradHead())) {
                    assertThat(each).containsOnly(Float.NaN);
                }
            }
        }
    }
}
