package org.scenecontexts.pointgroup.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.pointgroup.cluster.Proposal;
import org.scenecontexts.testing.TestFiles;

class InstanceApTest {

    /** One scene of two chairs of 20 points each, class 1, on a floor of 20 points, class 0. */
    private static final InstanceTruth TWO_CHAIRS = new InstanceTruth(repeat(20, 0, 1, 1), repeat(20, 0, 1, 2));

    private static int[] repeat(int times, int... values) {
        return Arrays.stream(values)
                .flatMap(value -> IntStream.generate(() -> value).limit(times))
                .toArray();
    }

    private static Proposal chair(double confidence, int from, int to) {
        return new Proposal(1, confidence, IntStream.range(from, to).toArray());
    }

    private static InstanceAp count(InstanceTruth truth, Proposal... proposals) {
        InstanceAp ap = new InstanceAp(3, Set.of(0), ApProtocol.published());
        ap.add(truth, List.of(proposals));
        return ap;
    }

    @Test
    void theTruthAsPredictionIsPerfect() {
        InstanceAp ap = count(TWO_CHAIRS, chair(0.9, 20, 40), chair(0.8, 40, 60));

        assertThat(ap.average()).isEqualTo(1);
        assertThat(ap.at50()).isEqualTo(1);
        assertThat(ap.at25()).isEqualTo(1);
    }

    @Test
    void anOverlapMustBeExceededNotReached() {
        // 10 of 20 points of an object and nothing else: an intersection over union of one half.
        InstanceAp ap = count(TWO_CHAIRS, chair(0.9, 20, 30), chair(0.8, 40, 50));

        assertThat(ap.at(1, 0.5)).isZero();
        assertThat(ap.at(1, 0.25)).isEqualTo(1);
    }

    @Test
    void aPredictionOnStuffIsNotHeldAgainstAnyone() {
        InstanceAp ap = count(TWO_CHAIRS, chair(0.99, 0, 20), chair(0.9, 20, 40), chair(0.8, 40, 60));

        assertThat(ap.average()).isEqualTo(1);
    }

    @Test
    void aSecondPredictionOfOneObjectIsWrong() {
        InstanceAp ap = count(TWO_CHAIRS, chair(0.9, 20, 40), chair(0.9, 20, 40), chair(0.9, 40, 60));

        assertThat(ap.at(1, 0.5)).isCloseTo((2 / 3.0 + 1) / 2, within(1e-12));
    }

    @Test
    void aClassWithoutObjectsHasNoFigureAndLeavesTheMeanAlone() {
        InstanceAp ap = count(TWO_CHAIRS, chair(0.9, 20, 40), chair(0.8, 40, 60), new Proposal(2, 0.9, repeat(12, 3)));

        assertThat(ap.at(2, 0.5)).isNaN();
        assertThat(ap.at50()).isEqualTo(1);
    }

    @Test
    void noPredictionsAtAllIsZero() {
        assertThat(count(TWO_CHAIRS).average()).isZero();
    }

    @Test
    void objectsOnlyPredictedInIgnoredPlacesAreZeroInsteadOfAnException() {
        assertThat(count(TWO_CHAIRS, chair(0.9, 0, 20)).at(1, 0.5)).isZero();
    }

    @Test
    void aSceneWithoutObjectsHasNoFigure() {
        InstanceTruth empty = new InstanceTruth(repeat(20, 0), repeat(20, -1));

        assertThat(count(empty, chair(0.9, 0, 20)).average()).isNaN();
    }

    @Test
    void theRecordedScannetFiguresComeOut() {
        Npz golden = Npz.open(TestFiles.golden("instance_ap_a.npz"));
        long[] ids = golden.get("class_ids").longs();
        InstanceAp ap = new InstanceAp(ids.length, Set.of(), ApProtocol.published());
        for (int scene = 0; scene < 4; scene++) {
            ap.add(truth(golden.get("gt" + scene).ints(), ids), proposals(golden, scene, ids));
        }

        compare(golden, ap);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train_stuff", "no_stuff"})
    void theRecordedS3disFiguresComeOut(String setting) {
        Npz golden = Npz.open(TestFiles.golden("more/s3dis_instance_ap_" + setting + ".npz"));
        long[] ids = golden.get("class_ids").longs();
        ApProtocol protocol = ApProtocol.published();
        for (int c = 0; c < ids.length; c++) {
            protocol = ids[c] == 0 ? protocol.withGroupClass(c) : protocol;
        }
        InstanceAp ap = new InstanceAp(ids.length, Set.of(), protocol);
        for (int scene = 0; scene < 4; scene++) {
            ap.add(truth(golden.get("gt" + scene).ints(), ids), proposals(golden, scene, ids));
        }

        compare(golden, ap);
    }

    /** Coverage, precision and recall, as the works on S3DIS that report them count. */
    @ParameterizedTest
    @ValueSource(strings = {"train_stuff", "no_stuff"})
    void theFiguresThatWorksOnS3disReportComeOut(String setting) {
        Npz scenes = Npz.open(TestFiles.golden("more/s3dis_instance_ap_" + setting + ".npz"));
        Npz golden = Npz.open(TestFiles.golden("more/s3dis_coverage_" + setting + ".npz"));
        long[] ids = scenes.get("class_ids").longs();
        InstanceAp ap = new InstanceAp(ids.length, Set.of(), ApProtocol.published());
        for (int scene = 0; scene < 4; scene++) {
            ap.add(truth(scenes.get("gt" + scene).ints(), ids), proposals(scenes, scene, ids));
        }

        for (int c = 0; c < ids.length; c++) {
            Coverage found = ap.coverage(c);
            String place = "class " + ids[c];
            assertThat(found.mean()).as(place).isCloseTo(golden.get("coverage").doubles()[c], within(1e-6));
            assertThat(found.weighted())
                    .as(place)
                    .isCloseTo(golden.get("weighted").doubles()[c], within(1e-6));
            assertThat(found.precision())
                    .as(place)
                    .isCloseTo(golden.get("precision").doubles()[c], within(1e-6));
            assertThat(found.recall()).as(place).isCloseTo(golden.get("recall").doubles()[c], within(1e-6));
        }
    }

    private static void compare(Npz golden, InstanceAp ap) {
        double[] overlaps = golden.get("overlaps").doubles();
        double[] expected = golden.get("ap").doubles();
        for (int c = 0; c < expected.length / overlaps.length; c++) {
            for (int o = 0; o < overlaps.length; o++) {
                assertThat(ap.at(c, overlaps[o]))
                        .as("class %d at %s", c, overlaps[o])
                        .satisfies(closeTo(expected[c * overlaps.length + o]));
            }
        }
        assertThat(ap.average()).isCloseTo(golden.get("all_ap").doubles()[0], within(1e-6));
        assertThat(ap.at50()).isCloseTo(golden.get("all_ap50").doubles()[0], within(1e-6));
        assertThat(ap.at25()).isCloseTo(golden.get("all_ap25").doubles()[0], within(1e-6));
    }

    private static java.util.function.Consumer<Double> closeTo(double expected) {
        return found -> {
            if (Double.isNaN(expected)) {
                assertThat(found).isNaN();
            } else {
                assertThat(found).isCloseTo(expected, within(1e-6));
            }
        };
    }

    private static int index(long[] ids, long id) {
        for (int c = 0; c < ids.length; c++) {
            if (ids[c] == id) {
                return c;
            }
        }
        return -1;
    }

    private static InstanceTruth truth(int[] codes, long[] ids) {
        return new InstanceTruth(
                Arrays.stream(codes).map(code -> index(ids, code / 1000)).toArray(),
                Arrays.stream(codes).map(code -> code % 1000).toArray());
    }

    private static List<Proposal> proposals(Npz golden, int scene, long[] ids) {
        float[] confidence = golden.get("pred_conf" + scene).floats();
        long[] labels = golden.get("pred_label" + scene).longs();
        int[] bits = golden.get("pred_mask" + scene).ints();
        int width = bits.length / confidence.length;
        List<Proposal> found = new ArrayList<>();
        for (int p = 0; p < confidence.length; p++) {
            int row = p * width;
            int[] points = IntStream.range(0, 8 * width)
                    .filter(i -> (bits[row + i / 8] >> 7 - i % 8 & 1) != 0)
                    .toArray();
            found.add(new Proposal(index(ids, labels[p]), confidence[p], points));
        }
        return found;
    }
}
